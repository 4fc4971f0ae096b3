using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Ingestor.Authorizing;

/// <summary>Who may publish. Credentials come from the environment, never from appsettings.json.</summary>
internal sealed class AuthorizingOptions
{
    public const string Section = "Ingestor";

    // The name in an API destination's connection.
    [Required, RegularExpression("[A-Za-z0-9-]+")]
    public string ApiKeyHeader { get; init; } = "x-api-key";

    // Several, so that a new one can be handed out before the old one is taken away.
    public IReadOnlyList<Secret> ApiKeys { get; init; } = [];

    // For PutEvents as an AWS SDK signs it. These are the Ingestor's own, not those it uses for SQS.
    public string? AccessKeyId { get; init; }

    // Belongs to AccessKeyId; in the environment only.
    public Secret? SecretAccessKey { get; init; }

    // Where the access key is a temporary one; then requests must carry its token.
    public Secret? SessionToken { get; init; }

    // For a machine of one's own. Credentials that come all the same are still checked, where there is something to check against.
    public bool AllowAnonymous { get; init; }

    public bool HasAccessKey => !string.IsNullOrWhiteSpace(AccessKeyId) && HasSecret;

    public bool HasSecret => !string.IsNullOrWhiteSpace(SecretAccessKey?.Reveal());
}

[OptionsValidator]
internal sealed partial class AuthorizingOptionsValidator : IValidateOptions<AuthorizingOptions>;

/// <summary>What the settings say together.</summary>
internal sealed class CredentialsValidator : IValidateOptions<AuthorizingOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthorizingOptions options)
    {
        var faults = new List<string>();
        for (var index = 0; index < options.ApiKeys.Count; index++)
        {
            if (string.IsNullOrWhiteSpace(options.ApiKeys[index].Reveal()))
            {
                faults.Add($"{Setting(nameof(options.ApiKeys))}:{index} is blank: anybody would have that key.");
            }
        }

        if (string.IsNullOrWhiteSpace(options.AccessKeyId) == options.HasSecret)
        {
            faults.Add(
                $"{Setting(nameof(options.AccessKeyId))} and {nameof(options.SecretAccessKey)} belong together: one of them is missing."
            );
        }

        if (options.ApiKeys.Count == 0 && !options.HasAccessKey && !options.AllowAnonymous)
        {
            faults.Add(
                $"Nobody could publish: set {Setting(nameof(options.ApiKeys))}:0, or "
                    + $"{Setting(nameof(options.AccessKeyId))} and {nameof(options.SecretAccessKey)}, or for local use "
                    + $"{Setting(nameof(options.AllowAnonymous))}=true."
            );
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string Setting(string name) => $"{AuthorizingOptions.Section}:{name}";
}
