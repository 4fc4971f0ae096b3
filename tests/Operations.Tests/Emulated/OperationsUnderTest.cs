using Amazon.DynamoDBv2;
using Amazon.SQS;
using Events.DeadLetters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Operations.Answering;
using Operations.Budget;
using Operations.Collecting;
using Operations.Conversations;
using Operations.DeadLetters;
using Operations.Journal;
using Operations.Previewing;
using Operations.Redriving;
using ServiceDefaults;

namespace Operations.Tests.Emulated;

/// <summary>The parts of Operations on emulated queues and tables, without its loops: a test says what runs, and when.</summary>
internal sealed class OperationsUnderTest : IDisposable
{
    /// <summary>Of the group that <see cref="BuryAsync"/> makes, as fast as it may be.</summary>
    public static readonly RedriveOrder TheGroup = new()
    {
        Class = "transient",
        Reason = "effect-timeout",
        RatePerSecond = 100,
    };

    private readonly EmulatedPipeline _pipeline;
    private readonly IHost _host;

    public OperationsUnderTest(EmulatedPipeline pipeline, params (string Key, string Value)[] settings)
        : this(pipeline, pipeline.DynamoDb, settings) { }

    /// <param name="dynamoDb">The tables of the pipeline as this process finds them.</param>
    public OperationsUnderTest(
        EmulatedPipeline pipeline,
        IAmazonDynamoDB dynamoDb,
        params (string Key, string Value)[] settings
    )
    {
        _pipeline = pipeline;
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Collecting:Wait"] = "00:00:00",
                ["Redriving:Settle"] = "00:00:00",
                ["Redriving:LookEvery"] = "00:00:00.050",
                ["Redriving:StepTimeout"] = "00:00:30",
            }
        );
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
        );
        builder.Services.AddSingleton<IAmazonSQS>(pipeline.Sqs);
        builder.Services.AddKeyedSingleton<IAmazonSQS>(AwsClients.Polling, pipeline.Sqs);
        builder.Services.AddSingleton(dynamoDb);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new Random(7));
        builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(pipeline.Names));
        builder.Services.AddMetrics();
        builder.AddJournal();
        builder.AddDeadLetters();
        builder.AddCollecting();
        builder.AddPreviewing();
        builder.AddConversations();
        builder.AddBudget();
        builder.AddRedriving();
        _host = builder.Build();
    }

    public DeadLetterCollector Collector => Get<DeadLetterCollector>();

    public ConversationDesk Conversations => Get<ConversationDesk>();

    public DeadLetterDesk Desk => Get<DeadLetterDesk>();

    public LetterTaking Taking => Get<LetterTaking>();

    public LetterIndex Index => Get<LetterIndex>();

    public LetterStore Store => Get<LetterStore>();

    public Previewer Previewer => Get<Previewer>();

    public RedriveStore RedriveStore => Get<RedriveStore>();

    public RedriveDesk Redrives => Get<RedriveDesk>();

    public RedriveRunner Runner => Get<RedriveRunner>();

    public RedriveAftermath Aftermath => Get<RedriveAftermath>();

    public LetterRedriver Redriver => Get<LetterRedriver>();

    public OperatorsJournal Journal => Get<OperatorsJournal>();

    /// <summary>Until the queues have nothing more.</summary>
    public async Task CollectAllAsync(CancellationToken cancellationToken)
    {
        await Index.RefreshAsync(cancellationToken);
        foreach (var queue in Enum.GetValues<LetterQueue>())
        {
            while (await Collector.CollectAsync(queue, TimeSpan.Zero, cancellationToken) is Collected.Taken) { }
        }
    }

    /// <summary>So many events, from number one, that died of the same and were collected.</summary>
    public async Task BuryAsync(int count, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= count; number++)
        {
            await _pipeline.BuryAsync(AnEvent.Of(number), "effect-timeout", FailureClass.Transient, cancellationToken);
        }

        await CollectAllAsync(cancellationToken);
    }

    public async Task<Letter> BuryOneAsync(CancellationToken cancellationToken)
    {
        await BuryAsync(1, cancellationToken);
        return await OnlyLetterAsync(cancellationToken);
    }

    /// <returns>The redrive's id.</returns>
    public async Task<string> OrderAsync(RedriveOrder order, CancellationToken cancellationToken) =>
        Assert
            .IsType<Answer<RedriveView>.Done>(await Redrives.OrderAsync(order, "a test", cancellationToken))
            .Value.Redrive;

    public async Task<RedriveView> FindRedriveAsync(string id, CancellationToken cancellationToken) =>
        Assert.IsType<Answer<RedriveView>.Done>(await Redrives.FindAsync(id, cancellationToken)).Value;

    public async Task<Letter> OnlyLetterAsync(CancellationToken cancellationToken) =>
        Assert.Single((await Desk.FindAsync(new LetterSearch(State: null), cancellationToken)).Letters);

    public void Dispose() => _host.Dispose();

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}
