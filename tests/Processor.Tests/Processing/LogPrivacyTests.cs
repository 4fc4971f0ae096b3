using System.Globalization;
using System.Text.Json;
using Processor.Effects;
using Processor.Receiving;
using Processor.Recording;
using Processor.Settlement;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Processing;

/// <summary>Bodies hold who called whom and what was said. None of it may reach a log, whatever goes wrong.</summary>
public sealed class LogPrivacyTests
{
    /// <summary>Shorter values prove nothing when they are found.</summary>
    private const int TellingCharsMin = 5;

    [Fact]
    public void No_value_of_any_body_reaches_a_log_whatever_goes_wrong()
    {
        using var broken = BrokenWorld();
        using var hasty = WorldThatForgetsWhatItHandedOut();
        var bodies = Bodies();

        broken.RunUntilEmpty(within: TimeSpan.FromDays(1));
        hasty.RunUntilEmpty(within: TimeSpan.FromDays(1));

        var lines = broken.Logs.Lines.Concat(hasty.Logs.Lines).ToList();
        int[] everyKindOfTrouble = [200, 210, 212, 213, 220, 221, 240, 241, 260, 261, 262, 265];
        Assert.Empty(everyKindOfTrouble.Except(lines.Select(line => line.EventId.Id)));

        var logged = string.Join('\n', lines.Select(line => line.Everything));
        Assert.All(
            bodies.SelectMany(TellingValues).Distinct(StringComparer.Ordinal),
            value => Assert.DoesNotContain(value, logged, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_samples_do_hold_what_must_not_be_logged()
    {
        var values = Samples.OneOfEachTopic.SelectMany(TellingValues).ToHashSet();

        Assert.Contains("tel:+15555550100", values);
        Assert.True(values.Count > 50, $"{values.Count} values");
    }

    private static List<string> Bodies() =>
        [.. Samples.OneOfEachTopic, .. Samples.Call("11111111-2222-3333-4444-555555555555")];

    private static Scenario BrokenWorld()
    {
        var scenario = new Scenario(seed: 5)
        {
            Announcing = new(),
            Settlement = new() { TransientAttemptsMax = 2, TransientFor = TimeSpan.Zero },
        };
        var aws = scenario.Aws;
        aws.Queue.Faults.Next(nameof(IEventQueue.ReceiveAsync), Fault.Away, Fault.Bug);
        aws.Queue.Faults.Next(nameof(IEventQueue.DeleteAsync), [.. Enumerable.Repeat(Fault.Away, 40)]);
        aws.Queue.Faults.Next(nameof(IEventQueue.ChangeVisibilityAsync), [.. Enumerable.Repeat(Fault.Away, 40)]);
        aws.Table.Faults.Next(nameof(IEventTable.WriteAsync), Fault.Bug, Fault.Away);
        aws.Table.Refuses = item => item.Kind.EndsWith(".wrapup", StringComparison.Ordinal);
        aws.Claims.Faults.Next(nameof(IClaimStore.ClaimAsync), Fault.Away);
        aws.Claims.Faults.Next(nameof(IClaimStore.CompleteAsync), [.. Enumerable.Repeat(Fault.Away, 8)]);
        aws.Attempts.Faults.Next(nameof(IAttemptStore.CountAsync), Fault.Bug);
        scenario.AddEffect().Faults.Next(nameof(IEffectHandler.ApplyAsync), Fault.Bug, Fault.None);
        foreach (var body in Bodies())
        {
            aws.Queue.Send(body);
            aws.Queue.Send(body[..(body.Length / 2)]);
        }

        return scenario;
    }

    private static Scenario WorldThatForgetsWhatItHandedOut()
    {
        var scenario = new Scenario();
        var effect = scenario.AddEffect();
        effect.Takes = TimeSpan.FromSeconds(29);
        foreach (var body in Bodies())
        {
            var id = scenario.Aws.Queue.Send(body);
            effect.Began += _ => scenario.Aws.Queue.ShowAgain(id);
        }

        return scenario;
    }

    private static IEnumerable<string> TellingValues(string envelope)
    {
        using var document = JsonDocument.Parse(envelope);
        return [.. Leaves(document.RootElement.GetProperty("detail").GetProperty("eventBody"))];
    }

    private static IEnumerable<string> Leaves(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Leaves(member.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
            JsonValueKind.String when IsTelling(element.GetString()!) => [element.GetString()!],
            JsonValueKind.Number when element.GetRawText().Length >= TellingCharsMin =>
            [
                element.GetDecimal().ToString(CultureInfo.InvariantCulture),
            ],
            _ => [],
        };

    /// <summary>A single word without a digit is one of an enumeration ("ANSWERED"), and so are our own words.</summary>
    private static bool IsTelling(string value) =>
        value.Length >= TellingCharsMin && value.Any(sign => char.IsDigit(sign) || sign == ' ');
}
