using GenesysApi;
using Microsoft.Extensions.Options;
using Operations.Auditing;
using Operations.Budget;
using Operations.Collecting;
using Operations.Conversations;
using Operations.DeadLetters;
using Operations.Journal;
using Operations.Previewing;
using Operations.Redriving;
using ServiceDefaults;

namespace Operations.Commands;

/// <summary>The parts a command needs: those of the server, without its pages and loops.</summary>
internal static class CommandHost
{
    public static async Task<int> RunAsync<TDesk>(Func<TDesk, Task<int>> act, CancellationToken cancellationToken)
        where TDesk : notnull
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        builder.AddAwsClients();
        builder.AddJournal();
        builder.AddDeadLetters();
        builder.AddCollecting();
        builder.AddPreviewing();
        builder.AddBudget();
        builder.AddRedriving();
        builder.AddConversations();
        builder.AddGenesysApi();
        builder.AddAuditing();
        builder.Services.AddSingleton<CommandDesk>();
        builder.Services.AddSingleton<ReportDesk>();
        // What a command says is its output; what goes wrong beside it goes to standard error.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        using var host = builder.Build();
        try
        {
            return await act(host.Services.GetRequiredService<TDesk>());
        }
        catch (OptionsValidationException exception)
        {
            return Terminal.NobodyAnswers(string.Join(Environment.NewLine, exception.Failures));
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return Terminal.NobodyAnswers(
                $"{exception.Message} (AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL_DYNAMODB, AWS_REGION and credentials say where queues and tables are.)"
            );
        }
    }
}
