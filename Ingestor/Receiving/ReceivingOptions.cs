using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Ingestor.Receiving;

internal sealed class ReceivingOptions
{
    public const string Section = "Ingestor";

    // Ten PutEvents entries of 1 MiB together, with every quote and every character beyond ASCII written as an escape, fit well.
    [Range(1_024, 64 * 1_048_576)]
    public int BodyBytesMax { get; init; } = 8 * 1_048_576;

    // All bodies in memory at once. As text and as a call to SQS an event takes some five times its bytes.
    [Range(1_024, int.MaxValue)]
    public long BodiesBytesMax { get; init; } = 64 * 1_048_576;

    // In one array.
    [Range(1, 10_000)]
    public int EventsPerRequestMax { get; init; } = 1_000;

    // For the whole body, however steadily it drips.
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    // An honest sender's headers come in one packet.
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    // Open at once; one more is refused at once instead of making all of them slow.
    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; init; } = 5_000;

    // A signed request has some 15 headers of 2 KiB together; proxies add theirs.
    [Range(1_024, 1_048_576)]
    public int HeadersBytesMax { get; init; } = 16 * 1_024;
}

[OptionsValidator]
internal sealed partial class ReceivingOptionsValidator : IValidateOptions<ReceivingOptions>;

/// <summary>What the settings say together.</summary>
internal sealed class ReceivingRoomValidator : IValidateOptions<ReceivingOptions>
{
    // While the longest body moves into larger memory, the old and the new count.
    private const int RoomsPerBody = 3;

    public ValidateOptionsResult Validate(string? name, ReceivingOptions options) =>
        options.BodiesBytesMax >= (long)RoomsPerBody * options.BodyBytesMax
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{ReceivingOptions.Section}:{nameof(options.BodiesBytesMax)} ({options.BodiesBytesMax}) must be at least {RoomsPerBody} times "
                    + $"{nameof(options.BodyBytesMax)} ({options.BodyBytesMax}): the longest body would never fit."
            );
}
