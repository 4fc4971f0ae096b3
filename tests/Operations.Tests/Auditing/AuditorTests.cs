using GenesysApi;
using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using GenesysApi.Directory;
using Operations.Answering;
using Operations.Auditing;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Auditing;

public sealed class AuditorTests(EmulatedAws aws)
{
    [Fact]
    public async Task An_API_that_asks_to_wait_again_and_again_ends_an_audit()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var time = new ManualTimeProvider();
        var genesys = new AskingToWait(time);
        var auditor = new Auditor(genesys, operations.Conversations, operations.Index, operations.Journal, time);

        var timer = time.WaitForNextTimerAsync(cancellationToken);
        var auditing = auditor.CompareAsync(
            time.GetUtcNow() - TimeSpan.FromHours(1),
            time.GetUtcNow(),
            "a test",
            cancellationToken
        );
        for (var wait = 0; wait < 2; wait++)
        {
            await timer;
            timer = time.WaitForNextTimerAsync(cancellationToken);
            time.Advance(AskingToWait.Wait);
        }

        var report = Assert.IsType<Answer<AuditReport>.Done>(await auditing).Value;
        Assert.Equal((3, 0), (genesys.Asked, report.Calls));
        Assert.Contains("asks to wait", report.Incomplete, StringComparison.Ordinal);
    }

    private sealed class AskingToWait(TimeProvider time) : IGenesysApi
    {
        public static readonly TimeSpan Wait = TimeSpan.FromSeconds(12);

        public int Asked { get; private set; }

        public Task<ApiOutcome<ConversationDetailsPage>> QueryConversationDetailsAsync(
            DateTimeOffset from,
            DateTimeOffset to,
            int pageNumber,
            BudgetClass @class,
            CancellationToken cancellationToken
        )
        {
            Asked++;
            return Task.FromResult<ApiOutcome<ConversationDetailsPage>>(
                new ApiOutcome<ConversationDetailsPage>.Deferred(time.GetUtcNow() + Wait, "no token", "token")
            );
        }

        public Task<ApiOutcome<IReadOnlyList<ConversationDetails>>> GetConversationDetailsAsync(
            IReadOnlyCollection<string> conversationIds,
            BudgetClass @class,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<ApiOutcome<Conversation>> GetConversationAsync(
            string conversationId,
            DateTimeOffset lastHeardOf,
            BudgetClass @class,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<ApiOutcome<Done>> PatchParticipantAttributesAsync(
            string conversationId,
            string participantId,
            IReadOnlyDictionary<string, string> attributes,
            DateTimeOffset lastHeardOf,
            DateTimeOffset notAfter,
            BudgetClass @class,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<ApiOutcome<IReadOnlyList<User>>> GetUsersAsync(
            IReadOnlyCollection<string> userIds,
            BudgetClass @class,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task<ApiOutcome<IReadOnlyList<Queue>>> GetQueuesAsync(
            IReadOnlyCollection<string> queueIds,
            BudgetClass @class,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }
}
