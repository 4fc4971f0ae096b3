using Microsoft.Extensions.Hosting;
using Provisioner.Making;
using ServiceDefaults;

if (Usage.IsAskedFor(args))
{
    Console.WriteLine(Usage.Text);
    return 0;
}

var builder = Host.CreateApplicationBuilder(args);

builder.AddServiceDefaults();
builder.AddAwsClients();
builder.AddMaking(args);

using var host = builder.Build();

return await host.RunToCompletionAsync();
