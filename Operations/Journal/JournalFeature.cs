using System.ComponentModel.DataAnnotations;
using Amazon.DynamoDBv2;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Operations.Journal;

internal sealed class JournalOptions
{
    public const string Section = "Journal";

    /// <summary>As long as somebody may ask who did it.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(400);
}

[OptionsValidator]
internal sealed partial class JournalOptionsValidator : IValidateOptions<JournalOptions>;

internal static class JournalFeature
{
    public static void AddJournal(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<JournalOptions, JournalOptionsValidator>(JournalOptions.Section);
        builder.Services.AddSingleton(provider => new OperatorsJournal(
            provider.GetRequiredService<IAmazonDynamoDB>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>().Value.OperationsTable,
            provider.GetRequiredService<JournalOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Random>(),
            provider.GetRequiredService<ILogger<OperatorsJournal>>()
        ));
    }

    public static void MapJournal(this IEndpointRouteBuilder api) =>
        api.MapGet("/journal", ReadAsync).WithTags("Journal").WithSummary("Who did what, newest first.");

    private static async Task<IReadOnlyList<JournalEntry>> ReadAsync(
        OperatorsJournal journal,
        int? days,
        CancellationToken cancellationToken
    ) => await journal.ReadAsync(Math.Clamp(days ?? 1, 1, OperatorsJournal.DaysMax), cancellationToken);
}
