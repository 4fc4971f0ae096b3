var builder = DistributedApplication.CreateBuilder(args);

var genesys = builder.AddProject<Projects.GenesysMock>("genesys").WithHttpEndpoint();

builder
    .AddProject<Projects.Processor>("processor")
    .WithHttpEndpoint()
    .WithReplicas(2)
    .WithReference(genesys)
    .WaitFor(genesys);

builder.Build().Run();
