using Ingestor;
using Ingestor.Authorizing;
using Ingestor.Filtering;
using Ingestor.PutEvents;
using Ingestor.Receiving;
using Ingestor.Sending;
using ServiceDefaults;

if (await CommandLine.HandledAsync(args))
{
    return 0;
}

var builder = WebApplication.CreateBuilder(args.ReadOnce());

builder.AddServiceDefaults();
builder.AddAwsClients();

// The way of an event.
builder.AddAuthorizing(); // who sends it
builder.AddReceiving(); // its bytes: POST /events
builder.AddPutEvents(); // or an entry that becomes an event: POST /
builder.AddFiltering(); // whether a rule wants it
builder.AddSending(); // into the queue, together with others; only then the answer

var app = builder.Build();

app.MapEvents();
app.MapPutEvents();
app.MapDefaultEndpoints();

return await app.RunServiceAsync();
