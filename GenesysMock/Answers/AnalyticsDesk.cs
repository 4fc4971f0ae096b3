using GenesysMock.Conversations;
using GenesysMock.Gate;
using GenesysMock.Scenarios;
using GenesysMock.Truth;

namespace GenesysMock.Answers;

/// <summary>What analytics answer about conversations: one, up to a hundred by id, or those of an interval.</summary>
internal sealed class AnalyticsDesk(
    TimeProvider time,
    Behaviour behaviour,
    ConversationDirectory directory,
    ApiTruth truth
)
{
    private const int IdsMax = 100;

    public Task OneAsync(HttpContext context, string conversationId)
    {
        truth.Fetched([conversationId]);
        return Find(conversationId) is { } view
            ? context.AnswerAsync(DetailsAnswer.Of(view))
            : context.AnswerAsync(ApiError.NotFound);
    }

    /// <summary>Those that are not known, or not known yet, are left out without a word.</summary>
    public Task ManyAsync(HttpContext context)
    {
        var ids = QueryIds.Of(context.Request);
        if (ids.Count is 0)
        {
            return context.AnswerAsync(ApiError.BadRequest);
        }

        if (ids.Count > IdsMax)
        {
            return context.AnswerAsync(
                ApiError.BadRequest with
                {
                    Message = $"Only {IdsMax} conversations can be requested at a time.",
                }
            );
        }

        truth.Fetched(ids);
        return context.AnswerAsync(
            new { Conversations = ids.Select(Find).OfType<AnalyticsView>().Select(DetailsAnswer.Of) }
        );
    }

    public async Task QueryAsync(HttpContext context)
    {
        var (body, error) = await RequestBody.ReadAsync<DetailsQueryBody>(context.Request, context.RequestAborted);
        switch (body is null ? new DetailsQuery.Invalid(error!) : DetailsQuery.Read(body))
        {
            case DetailsQuery.Invalid invalid:
                await context.AnswerAsync(invalid.Error);
                break;
            case DetailsQuery.Valid query:
                var hits = query.Select(directory.All.Select(View).OfType<AnalyticsView>());
                await context.AnswerAsync(
                    new { Conversations = query.Page(hits).Select(DetailsAnswer.Of), TotalHits = hits.Count }
                );
                break;
        }
    }

    private AnalyticsView? Find(string id) => directory.Find(id) is { } known ? View(known) : null;

    private AnalyticsView? View(KnownConversation known)
    {
        var now = time.GetUtcNow();
        var faults = behaviour.Faults;
        return known.KnownSince + faults.DetailsAfter <= now ? new AnalyticsView(known, now, faults.WrapUpAfter) : null;
    }
}
