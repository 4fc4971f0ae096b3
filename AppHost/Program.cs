using AppHost;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(Settings.Usage);
    return 0;
}

try
{
    var builder = DistributedApplication.CreateBuilder(args);
    Settings.Check(builder.Configuration, args);
#if !USE_ASPIRE
    if (builder.Configuration["Aws:Mode"] is "cloud")
    {
        await AwsAccount.CheckAsync(builder.Configuration, AwsTarget.TemplateOf(builder));
    }
#endif

    var dashboard = Dashboard.AddTo(builder);

    var aws = AwsTarget.AddTo(builder);
    var pipeline = Pipeline.AddTo(builder, aws, dashboard);

    await using var app = builder.Build();
    await app.StartAsync();

    return await pipeline.WatchAsync(app, dashboard);
}
catch (OperationCanceledException)
{
    // Ended while it was still starting: what was asked for has not happened.
    return 1;
}
catch (DistributedApplicationException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
