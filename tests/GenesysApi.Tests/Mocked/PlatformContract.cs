using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;

namespace GenesysApi.Tests.Mocked;

/// <summary>What our client relies on in Genesys Cloud: the mock, which is written from its documentation, and the simulation's platform keep to it.</summary>
public abstract class PlatformContract
{
    private const string Attribute = "eventStore.recorded";

    /// <summary>Tells the story on a platform where one call has happened, without faults and without limits.</summary>
    private protected abstract Task OnPlatformAsync(Func<APlatform, Task> story);

    [Fact]
    public Task A_conversation_that_happened_is_told_of() =>
        OnPlatformAsync(async platform =>
        {
            var details = await platform.Api.GetConversationDetailsAsync(
                [platform.ConversationId],
                BudgetClass.Live,
                platform.Token
            );

            var told = Assert.IsType<ApiOutcome<IReadOnlyList<ConversationDetails>>.Answered>(details).Value;
            Assert.Equal(platform.ConversationId, Assert.Single(told).ConversationId);
        });

    [Fact]
    public Task An_attribute_that_was_written_can_be_read_back() =>
        OnPlatformAsync(async platform =>
        {
            Assert.IsType<ApiOutcome<Done>.Answered>(await WriteAsync(platform, "first"));
            Assert.IsType<ApiOutcome<Done>.Answered>(await WriteAsync(platform, "second"));

            var conversation = Assert
                .IsType<ApiOutcome<Conversation>.Answered>(
                    await platform.Api.GetConversationAsync(
                        platform.ConversationId,
                        DateTimeOffset.UnixEpoch,
                        BudgetClass.Live,
                        platform.Token
                    )
                )
                .Value;
            var participant = conversation.Participants!.Single(one => one.Id == platform.ParticipantId);
            Assert.Equal("second", participant.Attributes![Attribute]);
        });

    [Fact]
    public Task A_call_whose_token_was_revoked_is_served_with_a_new_one() =>
        OnPlatformAsync(async platform =>
        {
            Assert.IsType<ApiOutcome<Done>.Answered>(await WriteAsync(platform, "before"));
            await platform.RevokeTokensAsync();

            Assert.IsType<ApiOutcome<Done>.Answered>(await WriteAsync(platform, "after"));
        });

    [Fact]
    public Task A_small_limit_is_told_in_time_and_ends_within_a_minute() =>
        OnPlatformAsync(async platform =>
        {
            const int Limit = 5;
            await platform.LimitAsync(Limit);

            var served = 0;
            ApiOutcome<Done> outcome;
            while ((outcome = await WriteAsync(platform, $"{served}")) is ApiOutcome<Done>.Answered && served <= Limit)
            {
                served++;
            }

            var deferred = Assert.IsType<ApiOutcome<Done>.Deferred>(outcome);
            Assert.InRange(served, 1, Limit);
            Assert.InRange((deferred.Until - platform.Time.GetUtcNow()).TotalSeconds, 0, 64);
        });

    private static Task<ApiOutcome<Done>> WriteAsync(APlatform platform, string value) =>
        platform.Api.PatchParticipantAttributesAsync(
            platform.ConversationId,
            platform.ParticipantId,
            new Dictionary<string, string> { [Attribute] = value },
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue,
            BudgetClass.Live,
            platform.Token
        );
}

/// <summary>A platform and our client of it.</summary>
internal sealed record APlatform(IGenesysApi Api, TimeProvider Time, string ConversationId, string ParticipantId)
{
    public required Func<Task> RevokeTokensAsync { get; init; }

    /// <summary>From now on so many calls a minute are allowed for each token.</summary>
    public required Func<int, Task> LimitAsync { get; init; }

    public CancellationToken Token { get; init; }
}
