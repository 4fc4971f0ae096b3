using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Operations.Collecting;

/// <summary>How dead letters are taken out of their queue.</summary>
internal sealed class CollectingOptions
{
    public const string Section = "Collecting";

    /// <summary>False leaves all dead letters where they are, for SQS's own redrive.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Receives under way at once on the dead letters of events, and one beside them on those of enrichment; four take some hundred letters a second.</summary>
    [Range(1, 16)]
    public int Receivers { get; init; } = 2;

    /// <summary>How long a receive waits for a letter. SQS allows 20 s, and an empty receive is billed like a full one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a received letter is hidden: storing ten takes far less.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan Visibility { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After the queue or the table did not answer: long enough not to hurry them, short enough to be back soon.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);
}

[OptionsValidator]
internal sealed partial class CollectingOptionsValidator : IValidateOptions<CollectingOptions>;
