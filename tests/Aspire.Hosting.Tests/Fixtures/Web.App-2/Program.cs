// A service to start, ask about its environment, and crash; sick until it is healed if SICK names this instance. Its name tests what becomes of a name that is no identifier.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();

var app = builder.Build();

var sick = Environment.GetEnvironmentVariable("SICK") == Environment.GetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES");

app.MapGet("/health", () => Results.StatusCode(sick ? 503 : 200));
app.MapPost("/heal", () => sick = false);
app.MapGet("/process", () => Environment.ProcessId);
app.MapGet("/variables/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
app.MapPost(
    "/crash",
    () =>
    {
        Environment.Exit(7);
    }
);
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine("listening"));
app.Run();
