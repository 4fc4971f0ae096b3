using Processor.Announcing;
using Processor.Effects;
using Processor.Enrichment;
using Processor.Lambda;
using Processor.Processing;
using Processor.Receiving;
using Processor.Recording;
using Processor.Settlement;
using ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args.ReadOnce());

builder.AddServiceDefaults();
builder.AddAwsClients();

builder.AddReceiving(); //  what comes from the queue, and keeping it ours
builder.AddRecording(); //  every event into the table, once
builder.AddAnnouncing(); // boundaries of a conversation, to enrichment
builder.AddEffects(); //    what happens outside, under a claim
builder.AddSettlement(); // what becomes of the message
builder.AddEnrichment(); // conversations, by what the Genesys API tells of them
builder.AddProcessing(); // the loop, last: it uses the rest

var app = builder.Build();

app.MapDefaultEndpoints();

return await app.RunServiceAsync(tellWhoStartedUs: app.ReportInitFailureAsync);
