using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Ingestor.Sending;

internal sealed class SendingOptions
{
    public const string Section = "Ingestor:Sending";

    // A batch of ten every 15 ms a sender: 16 carry some 10,000 events a second, more than one process parses.
    [Range(1, 256)]
    public int Senders { get; init; } = 16;

    // Some two seconds of full speed. What waits longer than AnswerWithin is answered 503 anyway.
    [Range(10, 1_000_000)]
    public int EventsHeldMax { get; init; } = 10_000;

    // Waited only while other senders are about, and again only if somebody came.
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(5);

    // The most that gathering may add to one event's way.
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan LingerMax { get; init; } = TimeSpan.FromMilliseconds(20);

    // An API destination gives up after 5 s; our answer should come first.
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(4.5);

    // One call to SQS with the client's own retry; leaves time for a second one before the answer is due.
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(2);

    // For entries that SQS failed for reasons of its own.
    [Range(1, 10)]
    public int Attempts { get; init; } = 3;

    // Before the second of them; it doubles. A throttle of SQS is over in a moment, and the senders wait meanwhile.
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);
}

[OptionsValidator]
internal sealed partial class SendingOptionsValidator : IValidateOptions<SendingOptions>;

/// <summary>What two settings say together.</summary>
internal sealed class SendingTimesValidator : IValidateOptions<SendingOptions>
{
    public ValidateOptionsResult Validate(string? name, SendingOptions options)
    {
        var faults = new List<string>();
        if (options.CallTimeout >= options.AnswerWithin)
        {
            faults.Add(
                $"{SendingOptions.Section}:{nameof(options.CallTimeout)} ({options.CallTimeout}) must be shorter than "
                    + $"{nameof(options.AnswerWithin)} ({options.AnswerWithin})."
            );
        }

        if (options.Linger > options.LingerMax)
        {
            faults.Add(
                $"{SendingOptions.Section}:{nameof(options.Linger)} ({options.Linger}) must not be longer than "
                    + $"{nameof(options.LingerMax)} ({options.LingerMax})."
            );
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
