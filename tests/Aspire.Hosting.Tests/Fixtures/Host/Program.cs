// An AppHost whose one resource is what the test says: a program for node (--Script) that needs a parameter (--Parameters:word).
var builder = DistributedApplication.CreateBuilder(args);

var word = builder.AddParameter("word");

builder.AddExecutable("child", "node", ".", "-e", builder.Configuration["Script"] ?? "").WithEnvironment("WORD", word);

builder.Build().Run();
