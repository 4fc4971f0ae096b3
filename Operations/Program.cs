using GenesysApi;
using Operations.Access;
using Operations.Collecting;
using Operations.DeadLetters;
using Operations.Journal;
using Operations.Previewing;
using Operations.Redriving;
using ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddAwsClients();
builder.AddGenesysApi();

builder.AddAccess(); //      who comes in, and what they may do
builder.AddJournal(); //     what they did
builder.AddDeadLetters(); // what failed, and what can be decided about it
builder.AddCollecting(); //  out of the queue, into the table
builder.AddCollectingLoop();
builder.AddPreviewing(); //  what would become of it now
builder.AddRedriving(); //   back into the queue, slowly
builder.AddRedriveLoop();
builder.AddHttpApi();

var app = builder.Build();

app.UseAccess();
app.MapLogin();
app.MapHttpApi();
app.MapDefaultEndpoints();

return await app.RunServiceAsync();
