using Ingestor.Sending;
using Microsoft.Extensions.Options;
using Testing;

namespace Ingestor.Tests.Sending;

/// <summary>The buffer, the crowd and the gatherer on a clock of the test's.</summary>
internal sealed class SentTogether
{
    public SentTogether(SendingOptions? options = null)
    {
        var settings = Options.Create(options ?? new SendingOptions());
        Pending = new PendingEvents(settings, Clock);
        Crowd = new Crowd(Clock);
        Gatherer = new BatchGatherer(Pending, Crowd, settings, Clock);
    }

    public ManualTimeProvider Clock { get; } = new();

    public PendingEvents Pending { get; }

    public Crowd Crowd { get; }

    public BatchGatherer Gatherer { get; }

    /// <summary>As many requests enter the house, each with one event that waits.</summary>
    public List<Submission> Arrive(int requests)
    {
        var submissions = new List<Submission>();
        for (var number = 0; number < requests; number++)
        {
            Crowd.Enter();
            submissions.Add(Admit("{}"));
        }

        return submissions;
    }

    public Submission Admit(params string[] bodies)
    {
        var submission = new Submission(bodies.Length, default, null);
        foreach (var body in bodies)
        {
            submission.Add(body, body.Length);
        }

        Assert.True(Pending.TryAdmit(submission));
        submission.Seal();
        return submission;
    }

    /// <summary>Requests that are about, but whose events went with an earlier batch.</summary>
    public void AreAbout(int requests)
    {
        for (var number = 0; number < requests; number++)
        {
            Crowd.Enter();
        }
    }

    public async Task<EventBatch> NextAsync() =>
        await Gatherer.NextAsync(TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException("Drained.");
}
