using Processor.Recording;
using Testing;

namespace Processor.Tests.Recording;

public sealed class TableBackoffTests
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _time = new();
    private readonly TableBackoff _backoff;

    public TableBackoffTests() => _backoff = new TableBackoff(new RecordingOptions(), _time, new Random(1));

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_that_refused_nothing_is_open_to_all()
    {
        Assert.False(await _backoff.WaitForTurnAsync(CancellationToken));
        Assert.False(await _backoff.WaitForTurnAsync(CancellationToken));
    }

    [Fact]
    public async Task After_a_refusal_nobody_has_a_turn_until_the_pause_is_over()
    {
        _backoff.Refused();

        var waiting = _backoff.WaitForTurnAsync(CancellationToken);

        Assert.False(waiting.IsCompleted);
        _time.Advance(LongEnough);
        Assert.True(await waiting);
    }

    [Fact]
    public async Task After_the_pause_one_probes_and_the_others_wait_for_what_it_finds()
    {
        _backoff.Refused();
        _time.Advance(LongEnough);
        Assert.True(await _backoff.WaitForTurnAsync(CancellationToken));
        var others = Enumerable.Range(0, 3).Select(_ => _backoff.WaitForTurnAsync(CancellationToken)).ToList();
        Assert.DoesNotContain(others, other => other.IsCompleted);

        _backoff.Written();
        _backoff.EndTurn(wasProbe: true);

        Assert.All(await Task.WhenAll(others), isProbe => Assert.False(isProbe));
    }

    [Fact]
    public async Task A_probe_that_found_nothing_to_try_with_hands_its_turn_to_the_next()
    {
        _backoff.Refused();
        _time.Advance(LongEnough);
        await _backoff.WaitForTurnAsync(CancellationToken);
        var next = _backoff.WaitForTurnAsync(CancellationToken);

        _backoff.EndTurn(wasProbe: true);

        Assert.True(await next);
    }

    [Fact]
    public async Task A_probe_that_is_refused_closes_the_table_for_longer()
    {
        var first = _backoff.Refused() - _time.GetUtcNow();
        for (var probe = 0; probe < 6; probe++)
        {
            _time.Advance(LongEnough);
            await _backoff.WaitForTurnAsync(CancellationToken);
            _backoff.Refused();
            _backoff.EndTurn(wasProbe: true);
        }

        Assert.True(_backoff.OpensAt - _time.GetUtcNow() > first);
    }

    [Fact]
    public void Many_that_are_refused_together_are_one_sign()
    {
        var opensAt = Enumerable.Range(0, 8).Select(_ => _backoff.Refused()).ToHashSet();

        Assert.Single(opensAt);
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_the_turn_to_others()
    {
        _backoff.Refused();
        _time.Advance(LongEnough);
        await _backoff.WaitForTurnAsync(CancellationToken);
        using var impatient = new CancellationTokenSource();
        var waiting = _backoff.WaitForTurnAsync(impatient.Token);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _backoff.EndTurn(wasProbe: true);

        Assert.True(await _backoff.WaitForTurnAsync(CancellationToken));
    }
}
