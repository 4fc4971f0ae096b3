using GenesysApi;
using Operations.Access;
using Operations.Auditing;
using Operations.Budget;
using Operations.Collecting;
using Operations.Commands;
using Operations.Conversations;
using Operations.DeadLetters;
using Operations.Journal;
using Operations.Layout;
using Operations.Overview;
using Operations.Previewing;
using Operations.Redriving;
using ServiceDefaults;

if (CommandLine.IsCommand(args))
{
    return await CommandLine.RunAsync(args, CancellationToken.None);
}

var builder = WebApplication.CreateBuilder(args.ReadOnce());

builder.AddServiceDefaults();
builder.AddAwsClients();
builder.AddGenesysApi();

builder.AddAccess(); //        who comes in, and what they may do
builder.AddJournal(); //       what they did
builder.AddOverview(); //      the pipeline as it flows
builder.AddDeadLetters(); //   what failed, and what can be decided about it
builder.AddLetterIndexLoop();
builder.AddCollecting(); //    out of the queue, into the table
builder.AddCollectingLoop();
builder.AddPreviewing(); //    what would become of it now
builder.AddRedriving(); //     back into the queue, slowly
builder.AddRedriveLoop();
builder.AddConversations(); // what happened in one conversation
builder.AddBudget(); //        what the API allows, and who uses it
builder.AddAuditing(); //      what there was, against what arrived
builder.AddHttpApi();
builder.AddPages();

var app = builder.Build();

app.UseAccess();
app.MapHttpApi();
app.MapPages();
app.MapDefaultEndpoints();

return await app.RunServiceAsync();
