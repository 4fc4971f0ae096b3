using Processor.Testing.Outside;
using Simulation.Coverage;
using Simulation.Histories;

namespace Simulation.Traffic;

/// <summary>Puts the traffic of a plan on the queue: late, in any order, some of it more than once.</summary>
internal static class Emission
{
    /// <returns>What was emitted, each thing once.</returns>
    public static List<EmittedEvent> Of(Plan plan, FakeEventQueue queue, FaultCoverage coverage)
    {
        var random = new Random(plan.Seed ^ 0xE417);
        var emitted = new List<EmittedEvent>(plan.EventsMin + 40);
        var call = random.Next(EventPool.Calls.Count);
        while (emitted.Count < plan.EventsMin)
        {
            var (events, variants) = (EventPool.Calls[call], EventPool.Variants[call]);
            for (var number = 0; number < events.Count; number++)
            {
                if (events[number].Effect is not null || random.NextDouble() < plan.CallShare)
                {
                    emitted.Add(events[number]);
                    Add([variants[number]], plan.VariantRate, "event of another body");
                }
            }

            call = (call + 1) % EventPool.Calls.Count;
        }

        var topics = EventPool.OneOfEachTopic.ToArray();
        random.Shuffle(topics);
        emitted.AddRange(topics.Take(plan.TopicsMax));
        for (var number = 0; number < EventPool.Poison.Count; number++)
        {
            Add([EventPool.Poison[number]], plan.PoisonRate, "poison");
        }

        foreach (var one in emitted)
        {
            queue.Send(one.Body, delay: Late());
            if (random.NextDouble() < plan.DuplicateRate)
            {
                queue.Send(one.Body, delay: Late());
                coverage.Met("event delivered twice", Stage.Receive);
            }

            if (random.NextDouble() < plan.PublishedAgainRate)
            {
                queue.Send(one.PublishedAgain, delay: Late());
                coverage.Met("event under a new id", Stage.Receive);
            }
        }

        return emitted;

        void Add(IReadOnlyList<EmittedEvent> more, double rate, string fault)
        {
            foreach (var one in more.Where(_ => random.NextDouble() < rate))
            {
                emitted.Add(one);
                coverage.Met(fault, Stage.Receive);
            }
        }

        TimeSpan Late() => plan.Spread * (random.NextDouble() * random.NextDouble());
    }
}
