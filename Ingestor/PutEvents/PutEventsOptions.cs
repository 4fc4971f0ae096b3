using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Ingestor.PutEvents;

/// <summary>What the envelopes made from PutEvents entries say of where they come from.</summary>
internal sealed class PutEventsOptions
{
    public const string Section = "Ingestor";

    // The account in the envelopes made from PutEvents entries.
    [Required, RegularExpression("[0-9]{12}")]
    public string Account { get; init; } = "000000000000";

    // That of the AWS clients, unless it is set.
    [Required(ErrorMessage = "There is no AWS region: set AWS_REGION."), RegularExpression("[a-z0-9-]+")]
    public string Region { get; set; } = "";

    // The service lets nobody publish as "aws.…". What stands in for a partner's bus lets that partner.
    [Required]
    public string PartnerSourcePrefix { get; init; } = "aws.partner/";
}

[OptionsValidator]
internal sealed partial class PutEventsOptionsValidator : IValidateOptions<PutEventsOptions>;
