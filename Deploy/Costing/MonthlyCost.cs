namespace Deploy.Costing;

/// <summary>What a month of so many events costs, in dollars, by what it is paid for.</summary>
internal sealed record MonthlyCost(
    double EventBridge,
    double Queues,
    double Tables,
    double Running,
    double Network,
    double Watching
)
{
    private const double HoursPerMonth = 730;
    private const double SecondsPerMonth = HoursPerMonth * 3600;
    private const double Million = 1_000_000;
    private const double KBPerGB = 1024 * 1024;

    public double Total => EventBridge + Queues + Tables + Running + Network + Watching;

    public static MonthlyCost Of(double events, Shape shape, Usage usage, Prices prices)
    {
        var rate = events / SecondsPerMonth;
        var measured = usage.At(rate);
        // Two in two zones, and room for twice the mean; bursts above it wait for a minute or start more.
        var tasks = Math.Max(2, Math.Ceiling(rate * 2 / usage.EventsPerSecondAndTask));

        return new MonthlyCost(
            OfEventBridge(events, shape, usage, prices),
            OfQueues(events, shape, measured, tasks, usage, prices),
            OfTables(events, measured, usage, prices),
            OfRunning(events, rate, shape, tasks, usage, prices),
            OfNetwork(events, rate, shape, usage, prices),
            (usage.Alarms * prices.AlarmPerMonth)
                + (usage.Metrics * prices.MetricPerMonth)
                + prices.DashboardPerMonth
                + prices.KeyPerMonth
        );
    }

    private static double OfEventBridge(double events, Shape shape, Usage usage, Prices prices)
    {
        var gigabytes = events * usage.EnvelopeKB / KBPerGB;
        var calls = shape.Bridge == Bridge.Ingestor ? events : 0;
        return (events / Million * prices.PartnerEventsPerMillion)
            + (calls / Million * prices.ApiDestinationCallsPerMillion)
            + (gigabytes * prices.ArchivePerGB)
            // Kept for two weeks.
            + (gigabytes / 2 * prices.ArchivePerGBMonth);
    }

    private static double OfQueues(
        double events,
        Shape shape,
        Measurement measured,
        double tasks,
        Usage usage,
        Prices prices
    )
    {
        var sent = shape.Bridge == Bridge.Ingestor ? measured.Sent : 1;
        var requests = events * (sent + measured.Received + measured.Deleted + measured.EnrichmentRequests);
        // Lambda polls with five at once while there is nothing, about what two tasks do.
        var idle =
            SecondsPerMonth
            * (
                (tasks * usage.IdleReceivesPerSecondAndTask)
                + ((shape.Compute == Compute.Lambda ? 1 : tasks) * usage.IdleEnrichmentReceivesPerSecondAndTask)
            );
        return (requests + idle) / Million * prices.SqsRequestsPerMillion;
    }

    private static double OfTables(double events, Measurement measured, Usage usage, Prices prices)
    {
        var gigabytes =
            events
            * ((usage.EventItemKB * usage.EventsKeptMonths) + (usage.SummaryKBPerEvent * usage.SummariesKeptMonths))
            / KBPerGB;
        return (events * measured.WriteUnits / Million * prices.WriteUnitsPerMillion)
            + (events * measured.ReadUnits / Million * prices.ReadUnitsPerMillion)
            + (gigabytes * (prices.TablePerGBMonth + prices.RecoveryPerGBMonth));
    }

    private static double OfRunning(double events, double rate, Shape shape, double tasks, Usage usage, Prices prices)
    {
        double Fargate(double count, double vcpu, double gigabytes) =>
            count * HoursPerMonth * ((vcpu * prices.FargateVcpuPerHour) + (gigabytes * prices.FargateGBPerHour));

        var ingestor = shape.Bridge == Bridge.Ingestor ? Fargate(tasks, vcpu: 0.5, gigabytes: 1) : 0;
        if (shape.Compute == Compute.Fargate)
        {
            return ingestor + Fargate(tasks, vcpu: 0.5, gigabytes: 1);
        }

        // A batch is what comes within the second of its window.
        var batches = events / Math.Clamp(rate, 1, usage.FunctionBatchMax);
        var seconds = (batches * usage.FunctionSecondsPerBatch) + (events * usage.FunctionSecondsPerEvent);
        return ingestor
            + Fargate(1, vcpu: 0.25, gigabytes: 0.5)
            + (seconds * usage.FunctionGB * prices.LambdaPerGBSecond)
            + (batches / Million * prices.LambdaRequestsPerMillion);
    }

    private static double OfNetwork(double events, double rate, Shape shape, Usage usage, Prices prices)
    {
        // A unit is 25 new connections a second; EventBridge is not known to keep any.
        var balancer =
            shape.Bridge == Bridge.Ingestor
                ? HoursPerMonth * (prices.BalancerPerHour + (Math.Max(rate / 25, 0.1) * prices.BalancerUnitPerHour))
                : 0;
        // A function is not in the network; what little enrichment sends through it is not counted.
        var inside = shape is { Compute: Compute.Lambda, Bridge: Bridge.Native } ? 0 : events;
        return balancer
            + (HoursPerMonth * prices.NatPerHour)
            + (inside * usage.NatKBPerEvent / KBPerGB * prices.NatPerGB);
    }
}
