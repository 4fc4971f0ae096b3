using System.Net;
using Testing;

namespace Microsoft.Extensions.Http.Resilience.Tests;

/// <summary>Answers as it was told, by the number of the call, and knows when it was called.</summary>
internal sealed class CannedServer(
    ManualTimeProvider clock,
    Func<int, CancellationToken, Task<HttpResponseMessage>> answer
) : HttpMessageHandler
{
    private readonly List<DateTimeOffset> _calledAt = [];
    private readonly List<TaskCompletionSource<Task>> _timerAfterCall =
    [
        .. Enumerable
            .Range(0, 200)
            .Select(_ => new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously)),
    ];

    public static CannedServer ThatAnswers(ManualTimeProvider clock, params HttpStatusCode[] answers) =>
        new(clock, (call, _) => Task.FromResult(new HttpResponseMessage(answers[Math.Min(call, answers.Length) - 1])));

    public int Calls => _calledAt.Count;

    /// <summary>How much time lay between the calls.</summary>
    public IEnumerable<TimeSpan> Pauses => _calledAt.Skip(1).Zip(_calledAt, (next, call) => next - call);

    /// <summary>Ends when a call has been answered and the pipeline waits for something: the pause before the next one.</summary>
    public async Task UntilPausedAfterCallAsync(int call) => await await _timerAfterCall[call - 1].Task;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        _calledAt.Add(clock.GetUtcNow());
        _timerAfterCall[Calls - 1].SetResult(clock.WaitForNextTimerAsync(TestContext.Current.CancellationToken));
        return answer(Calls, cancellationToken);
    }
}
