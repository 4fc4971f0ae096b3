using System.Text.Json.Serialization;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using GenesysApi.Directory;
using GenesysApi.Tokens;

namespace GenesysApi;

/// <summary>All bodies of the API: unknown members are skipped, missing ones are null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString
)]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(TokenErrorBody))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ConversationDetailsPage))]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(DetailsQuery))]
[JsonSerializable(typeof(AttributesBody))]
[JsonSerializable(typeof(Listing<User>), TypeInfoPropertyName = "Users")]
[JsonSerializable(typeof(Listing<Queue>), TypeInfoPropertyName = "Queues")]
internal sealed partial class GenesysJson : JsonSerializerContext;
