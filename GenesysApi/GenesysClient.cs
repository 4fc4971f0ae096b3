using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using GenesysApi.Directory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GenesysApi;

/// <summary>The API over HTTP. Time-outs, retries, token and budget are the handlers' (<see cref="GenesysHttp"/>).</summary>
internal sealed partial class GenesysClient(
    IHttpClientFactory clients,
    IOptions<GenesysOptions> options,
    TimeProvider time,
    ILogger<GenesysClient> logger
) : IGenesysApi
{
    private readonly AnswerReader _reader = new(time);

    public async Task<ApiOutcome<IReadOnlyList<ConversationDetails>>> GetConversationDetailsAsync(
        IReadOnlyCollection<string> conversationIds,
        BudgetClass @class,
        CancellationToken cancellationToken
    )
    {
        var path = $"api/v2/analytics/conversations/details?{Ids(conversationIds)}";
        var call = new ApiCall(HttpMethod.Get, path, GenesysEndpoints.ConversationDetails, @class);
        return await CallAsync<IReadOnlyList<ConversationDetails>>(
            call,
            body => Parse(body, GenesysJson.Default.ConversationDetailsPage)?.Conversations ?? [],
            cancellationToken
        );
    }

    public async Task<ApiOutcome<Conversation>> GetConversationAsync(
        string conversationId,
        DateTimeOffset lastHeardOf,
        BudgetClass @class,
        CancellationToken cancellationToken
    )
    {
        var path = $"api/v2/conversations/{Uri.EscapeDataString(conversationId)}";
        var call = new ApiCall(HttpMethod.Get, path, GenesysEndpoints.Conversation, @class)
        {
            NotYetUntil = lastHeardOf + options.Value.NotYetFor,
        };
        return await CallAsync(call, body => Parse(body, GenesysJson.Default.Conversation), cancellationToken);
    }

    public async Task<ApiOutcome<Done>> PatchParticipantAttributesAsync(
        string conversationId,
        string participantId,
        IReadOnlyDictionary<string, string> attributes,
        DateTimeOffset lastHeardOf,
        DateTimeOffset notAfter,
        BudgetClass @class,
        CancellationToken cancellationToken
    )
    {
        var path =
            $"api/v2/conversations/{Uri.EscapeDataString(conversationId)}/participants/{Uri.EscapeDataString(participantId)}/attributes";
        var call = new ApiCall(HttpMethod.Patch, path, GenesysEndpoints.ParticipantAttributes, @class)
        {
            Content = JsonContent.Create(new AttributesBody(attributes), GenesysJson.Default.AttributesBody),
            HasEffect = true,
            NotAfter = notAfter,
            NotYetUntil = lastHeardOf + options.Value.NotYetFor,
        };

        // It was done, whatever the body of the answer looks like.
        return await CallAsync(call, _ => Done.Instance, cancellationToken);
    }

    public async Task<ApiOutcome<ConversationDetailsPage>> QueryConversationDetailsAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        int pageNumber,
        BudgetClass @class,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to - from, GenesysLimits.IntervalMax);

        var query = new DetailsQuery(
            $"{Instant(from)}/{Instant(to)}",
            "asc",
            "conversationStart",
            new DetailsPaging(GenesysLimits.PageSizeMax, pageNumber)
        );
        var call = new ApiCall(
            HttpMethod.Post,
            "api/v2/analytics/conversations/details/query",
            GenesysEndpoints.ConversationDetailsQuery,
            @class
        )
        {
            Content = JsonContent.Create(query, GenesysJson.Default.DetailsQuery),
        };
        return await CallAsync(
            call,
            body => Parse(body, GenesysJson.Default.ConversationDetailsPage),
            cancellationToken
        );
    }

    public async Task<ApiOutcome<IReadOnlyList<User>>> GetUsersAsync(
        IReadOnlyCollection<string> userIds,
        BudgetClass @class,
        CancellationToken cancellationToken
    )
    {
        var path = $"api/v2/users?pageSize={GenesysLimits.PageSizeMax}&{Ids(userIds)}";
        return await CallAsync<IReadOnlyList<User>>(
            new ApiCall(HttpMethod.Get, path, GenesysEndpoints.Users, @class),
            body => Parse(body, GenesysJson.Default.Users)?.Entities ?? [],
            cancellationToken
        );
    }

    public async Task<ApiOutcome<IReadOnlyList<Queue>>> GetQueuesAsync(
        IReadOnlyCollection<string> queueIds,
        BudgetClass @class,
        CancellationToken cancellationToken
    )
    {
        var path = $"api/v2/routing/queues?pageSize={GenesysLimits.PageSizeMax}&{Ids(queueIds)}";
        return await CallAsync<IReadOnlyList<Queue>>(
            new ApiCall(HttpMethod.Get, path, GenesysEndpoints.Queues, @class),
            body => Parse(body, GenesysJson.Default.Queues)?.Entities ?? [],
            cancellationToken
        );
    }

    private async Task<ApiOutcome<T>> CallAsync<T>(
        ApiCall call,
        Func<byte[], T?> parse,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var trace = new CallTrace(call);
        using var request = new HttpRequestMessage(call.Method, new Uri(options.Value.ApiBaseAddress!, call.Path))
        {
            Content = call.Content,
        };
        trace.AttachTo(request);

        ApiOutcome<T> outcome;
        try
        {
            using var http = clients.CreateClient(call.HasEffect ? GenesysHttp.Effects : GenesysHttp.Reads);
            using var response = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            outcome = await _reader.ReadAsync(call, trace, response, parse, cancellationToken);
        }
        catch (Exception exception) when (_reader.Read<T>(call, trace, exception, cancellationToken) is { } failure)
        {
            outcome = failure;
        }

        Say(call, outcome);
        return outcome;
    }

    private static T? Parse<T>(byte[] body, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(body, type);

    private static string Ids(IReadOnlyCollection<string> ids)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ids.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, GenesysLimits.IdsMax);

        return string.Join('&', ids.Select(id => $"id={Uri.EscapeDataString(id)}"));
    }

    private static string Instant(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void Say<T>(ApiCall call, ApiOutcome<T> outcome)
    {
        switch (outcome)
        {
            case ApiOutcome<T>.Answered:
                Log.Answered(logger, call.Endpoint);
                break;
            case ApiOutcome<T>.Deferred deferred:
                Log.Deferred(logger, call.Endpoint, deferred.Until, deferred.Reason, deferred.By);
                break;
            case ApiOutcome<T>.NotYet:
                Log.NotYet(logger, call.Endpoint);
                break;
            case ApiOutcome<T>.Rejected rejected:
                Log.Rejected(logger, call.Endpoint, rejected.Status, rejected.Code);
                break;
            case ApiOutcome<T>.Ambiguous ambiguous:
                Log.Ambiguous(logger, call.Endpoint, ambiguous.Reason);
                break;
            case ApiOutcome<T>.Unavailable unavailable:
                Log.Unavailable(logger, call.Endpoint, unavailable.Reason);
                break;
            default:
                throw new UnreachableException($"{outcome.GetType()}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 370, Level = LogLevel.Debug, Message = "{Endpoint} answered.")]
        public static partial void Answered(ILogger logger, string endpoint);

        [LoggerMessage(
            EventId = 371,
            Level = LogLevel.Debug,
            Message = "{Endpoint} has to wait until {Until:O}: {Reason} ({By})."
        )]
        public static partial void Deferred(
            ILogger logger,
            string endpoint,
            DateTimeOffset until,
            string reason,
            string by
        );

        [LoggerMessage(
            EventId = 372,
            Level = LogLevel.Debug,
            Message = "{Endpoint} does not know the conversation yet."
        )]
        public static partial void NotYet(ILogger logger, string endpoint);

        [LoggerMessage(
            EventId = 373,
            Level = LogLevel.Warning,
            Message = "{Endpoint} rejected the call: {Status} {Code}."
        )]
        public static partial void Rejected(ILogger logger, string endpoint, int status, string code);

        [LoggerMessage(
            EventId = 374,
            Level = LogLevel.Warning,
            Message = "{Endpoint} was called and the answer is lost: {Reason}."
        )]
        public static partial void Ambiguous(ILogger logger, string endpoint, string reason);

        [LoggerMessage(EventId = 375, Level = LogLevel.Information, Message = "{Endpoint} gave no answer: {Reason}.")]
        public static partial void Unavailable(ILogger logger, string endpoint, string reason);
    }
}
