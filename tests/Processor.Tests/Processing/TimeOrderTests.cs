using GenesysApi;
using Microsoft.Extensions.Options;
using Processor.Announcing;
using Processor.Effects;
using Processor.Processing;
using Processor.Receiving;
using Processor.Settlement;

namespace Processor.Tests.Processing;

public sealed class TimeOrderTests
{
    [Fact]
    public void The_numbers_we_start_from_are_in_order() => Assert.Empty(Faults(new Settings()));

    [Fact]
    public void A_handler_that_may_outlast_its_lease_is_refused() =>
        AssertFault(
            new Settings
            {
                Effects = new() { HandlerTimeout = Seconds(30), Lease = Seconds(30) },
            },
            "Effects:HandlerTimeout (00:00:30) must be shorter than Effects:Lease (00:00:30)."
        );

    [Fact]
    public void A_lease_that_may_outlast_visibility_is_refused() =>
        AssertFault(
            new Settings
            {
                Effects = new() { Lease = Seconds(58), ClockSkewMax = Seconds(2) },
            },
            "Effects:Lease + Effects:ClockSkewMax (00:01:00) must be shorter than Receiving:VisibilityTimeout (00:01:00)."
        );

    [Fact]
    public void A_handler_that_needs_more_than_the_heartbeat_leaves_is_refused() =>
        AssertFault(
            new Settings
            {
                Effects = new() { HandlerTimeout = Seconds(34), Lease = Seconds(45) },
            },
            "Effects:HandlerTimeout + Effects:ClockSkewMax (00:00:36) must be shorter than seven twelfths of Receiving:VisibilityTimeout"
        );

    [Fact]
    public void A_visibility_beyond_its_own_limit_is_refused() =>
        AssertFault(
            new Settings
            {
                Receiving = new() { VisibilityTimeout = TimeSpan.FromHours(2), VisibilityMax = TimeSpan.FromHours(1) },
            },
            "Receiving:VisibilityTimeout (02:00:00) must be shorter than Receiving:VisibilityMax (01:00:00)."
        );

    [Fact]
    public void A_delete_that_waits_too_long_for_company_is_refused() =>
        AssertFault(
            new Settings
            {
                Receiving = new() { VisibilityTimeout = Seconds(16) },
                Effects = new() { HandlerTimeout = Seconds(1), Lease = Seconds(2) },
                Settlement = new() { Linger = Seconds(4) },
            },
            "Settlement:Linger (00:00:04) must be shorter than a quarter of Receiving:VisibilityTimeout (00:00:04)."
        );

    [Fact]
    public void A_grace_period_that_ends_before_a_poll_or_an_effect_is_refused()
    {
        var faults = Faults(new Settings { Processing = new() { Grace = Seconds(20) } });

        Assert.Contains(faults, fault => fault.StartsWith("Receiving:WaitTime", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("Announcing:Linger + Effects:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_that_gives_up_before_the_grace_period_is_over_is_refused() =>
        AssertFault(
            new Settings { Processing = new() { ShutdownTimeout = Seconds(50) } },
            "Processing:Grace + 00:00:05 for the last delete (00:00:55) must be shorter than Processing:ShutdownTimeout (00:00:50)."
        );

    [Fact]
    public void A_call_that_may_outlast_its_handler_is_refused_where_effects_make_calls()
    {
        var slow = new GenesysOptions { TotalTimeout = Seconds(30) };

        AssertFault(
            new Settings
            {
                Genesys = slow,
                Effects = new() { AttributeWriteBack = new() { Enabled = true } },
            },
            "Genesys:TotalTimeout (00:00:30) must be shorter than Effects:HandlerTimeout (00:00:30)."
        );
        Assert.Empty(Faults(new Settings { Genesys = slow }));
    }

    [Fact]
    public void Dead_letters_that_go_before_their_source_would_are_refused() =>
        AssertFault(
            new Settings { Settlement = new() { DeadLetterRetention = TimeSpan.FromDays(4) } },
            "Settlement:SourceRetention (4.00:00:00) must be shorter than Settlement:DeadLetterRetention (4.00:00:00)."
        );

    [Fact]
    public void Claims_that_are_forgotten_while_a_redrive_may_bring_their_event_again_are_refused() =>
        AssertFault(
            new Settings { Effects = new() { ClaimRetention = TimeSpan.FromDays(25) } },
            "Settlement:SourceRetention + Settlement:DeadLetterRetention + 7 days for a redrive (25.00:00:00) must be shorter than Effects:ClaimRetention (25.00:00:00)."
        );

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var faults = Faults(
            new Settings
            {
                Effects = new() { HandlerTimeout = Seconds(50), Lease = Seconds(50) },
                Receiving = new() { Backoff = Seconds(30), BackoffMax = Seconds(20) },
                Settlement = new() { RetryBackoff = Seconds(300), RetryBackoffMax = Seconds(200) },
                Announcing = new() { Backoff = Seconds(300), BackoffMax = Seconds(200) },
            }
        );

        Assert.True(faults.Count >= 6, string.Join('\n', faults));
    }

    private static void AssertFault(Settings settings, string fault) =>
        Assert.Contains(Faults(settings), found => found.StartsWith(fault, StringComparison.Ordinal));

    private static List<string> Faults(Settings settings)
    {
        var validator = new TimeOrderValidator(
            Options.Create(settings.Receiving),
            Options.Create(settings.Effects),
            Options.Create(settings.Settlement),
            Options.Create(settings.Announcing),
            Options.Create(settings.Genesys)
        );
        return [.. validator.Validate(null, settings.Processing).Failures ?? []];
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private sealed record Settings
    {
        public ReceivingOptions Receiving { get; init; } = new();

        public EffectsOptions Effects { get; init; } = new();

        public SettlementOptions Settlement { get; init; } = new();

        public AnnouncingOptions Announcing { get; init; } = new();

        public GenesysOptions Genesys { get; init; } = new();

        public ProcessingOptions Processing { get; init; } = new();
    }
}
