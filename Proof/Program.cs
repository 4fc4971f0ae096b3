using Proof;
using ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddAwsClients();
builder.AddProof();

return await builder.Build().ProveAsync();
