using System.Globalization;
using System.Net;
using GenesysApi.Budget;
using Testing;

namespace Simulation.Genesys;

/// <summary>The forms a 429 comes in.</summary>
internal static class PlatformRefusals
{
    private const string Body =
        """{"status":429,"code":"too.many.requests.retry.after","message":"Rate limit exceeded.","limit":{"key":"token.rate.per.minute","namespace":"platform.api","value":300}}""";

    private const string BodyOfEndpoint =
        """{"status":429,"code":"too.many.requests","message":"Retry the request in [7] seconds","limit":{"key":"conversations.rate","namespace":"conversations"}}""";

    public static PlatformAnswer OfLimit(RateHeaders headers) =>
        PlatformAnswer
            .Of(HttpStatusCode.TooManyRequests, Body)
            .With("Retry-After", headers.Reset.TotalSeconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>How a 429 says until when, by the names that they are counted under.</summary>
    public static readonly string[] Forms = ["429 of hours", "429 of seconds", "429 with a date", "429 without a word"];

    public static (PlatformAnswer Answer, string Form) Some(SimulatedWorld world, bool forHours)
    {
        var answer = PlatformAnswer.Of(
            HttpStatusCode.TooManyRequests,
            world.Random.Next(4) == 0 ? BodyOfEndpoint : Body
        );
        if (forHours)
        {
            return (answer.With("Retry-After", $"{world.Random.Next(3_600, 7_200)}"), Forms[0]);
        }

        var seconds = world.Random.Next(1, 20);
        return world.Random.Next(3) switch
        {
            0 => (answer.With("Retry-After", $"{seconds}"), Forms[1]),
            1 => (
                answer.With(
                    "retry-after",
                    world.Time.GetUtcNow().AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture)
                ),
                Forms[2]
            ),
            _ => (answer, Forms[3]),
        };
    }
}
