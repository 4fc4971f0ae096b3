// A service to start, ask about its environment, and crash. Its name tests what becomes of a name that is no identifier.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();

var app = builder.Build();

app.MapGet("/health", () => Results.Ok());
app.MapGet("/process", () => Environment.ProcessId);
app.MapGet("/variables/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
app.MapPost(
    "/crash",
    () =>
    {
        Environment.Exit(7);
    }
);
app.Run();
