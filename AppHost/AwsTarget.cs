using System.Net.Sockets;

namespace AppHost;

/// <summary>
/// Where the queues and tables are: emulators on this machine, an endpoint that speaks AWS, or an account. Each service is given the
/// same few environment variables and waits until what it needs is there.
/// </summary>
internal sealed class AwsTarget
{
    private const string DefaultRegion = "us-east-1";
    private static readonly Uri LocalStackDefault = new("http://localhost:4566");

    private readonly Dictionary<string, EndpointReference> _endpoints = [];
    private readonly Dictionary<string, string> _settings = [];
    private readonly List<IResourceBuilder<IResourceWithWaitSupport>> _neededFirst = [];
    private IResourceBuilder<ProjectResource>? _provisioner;

    private AwsTarget() { }

    /// <exception cref="DistributedApplicationException">The mode or the endpoint is not usable; the message says what to do.</exception>
    public static AwsTarget AddTo(IDistributedApplicationBuilder builder)
    {
        var target = new AwsTarget();
        var mode = builder.Configuration["Aws:Mode"] ?? "embedded";
        switch (mode)
        {
            case "embedded":
                target.UseEmulators(builder);
                break;

            case "endpoint":
                target.UseEndpoint(EndpointOf(builder, fallback: null));
                break;

            case "localstack":
                target.UseLocalStack(builder);
                break;

            case "cloud":
                target.UseAccount(builder);
                return target;

            default:
                throw new DistributedApplicationException(
                    $"Aws:Mode is '{mode}'; it can be embedded (the default), endpoint, localstack or cloud. Example: --Aws:Mode=embedded"
                );
        }

        target.Provision(builder);
        return target;
    }

    /// <summary>What any AWS client that publishes to the Ingestor may sign with on this machine: the emulators' own, which is no secret.</summary>
    public const string TestKey = "test";

    /// <summary>Whether nothing here is anybody's but ours.</summary>
    public bool IsEmbedded { get; private set; }

    /// <summary>Gives a service its AWS and holds it back until queues and tables are there.</summary>
    public IResourceBuilder<ProjectResource> GiveTo(IResourceBuilder<ProjectResource> service)
    {
        Configure(service);
        return _provisioner is null ? service : service.WaitForCompletion(_provisioner);
    }

    private void UseEmulators(IDistributedApplicationBuilder builder)
    {
        var folder = Path.Combine(builder.AppHostDirectory, "emulators");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            throw new DistributedApplicationException(
                "The emulators are not installed: build the AppHost with Node.js 20 or later on the PATH (dotnet build AppHost), then start again."
            );
        }

        Emulator(ResourceNames.Sqs, "sqs.mjs", "AWS_ENDPOINT_URL_SQS", "/health");
        Emulator(ResourceNames.DynamoDb, "dynamodb.mjs", "AWS_ENDPOINT_URL_DYNAMODB", "/");
        UseInventedCredentials();
        IsEmbedded = true;

        void Emulator(string name, string script, string variable, string healthPath)
        {
            var emulator = builder
                .AddExecutable(name, "node", folder, script)
                .WithHttpEndpoint(env: "PORT")
                .WithHttpHealthCheck(healthPath);
            _endpoints[variable] = emulator.GetEndpoint(ResourceNames.Http);
            _neededFirst.Add(emulator);
        }
    }

    private void UseLocalStack(IDistributedApplicationBuilder builder)
    {
#if USE_ASPIRE
        if (string.IsNullOrEmpty(builder.Configuration["Aws:Endpoint"]) && !Answers(LocalStackDefault))
        {
            // 4.14 is the last image that runs without a token; later ones take it from the parameter.
            var localStack = builder
                .AddContainer(ResourceNames.LocalStack, "localstack/localstack", "4.14")
                .WithEnvironment("SERVICES", "sqs,dynamodb")
                .WithEnvironment(
                    "LOCALSTACK_AUTH_TOKEN",
                    builder.AddParameter(
                        "localstack-token",
                        () =>
                            builder.Configuration["Parameters:localstack-token"]
                            ?? builder.Configuration["Parameters:localstack_token"]
                            ?? string.Empty,
                        secret: true
                    )
                )
                .WithHttpEndpoint(targetPort: 4566)
                .WithHttpHealthCheck("/_localstack/health");
            _endpoints["AWS_ENDPOINT_URL"] = localStack.GetEndpoint(ResourceNames.Http);
            _neededFirst.Add(localStack);
            UseInventedCredentials();
            return;
        }
#endif
        UseEndpoint(EndpointOf(builder, LocalStackDefault));
    }

    private void UseEndpoint(Uri endpoint)
    {
        _settings["AWS_ENDPOINT_URL"] = endpoint.ToString();
        UseInventedCredentials();
    }

    private void UseAccount(IDistributedApplicationBuilder builder)
    {
#if USE_ASPIRE
        var stack = builder.AddAWSCloudFormationTemplate(ResourceNames.Pipeline, TemplateOf(builder));
        _giveStack = service =>
            service
                .WithReference(stack)
                .WithEnvironment("Pipeline__EventsQueue", stack.GetOutput("EventsQueueUrl"))
                .WithEnvironment("Pipeline__DeadLetterQueue", stack.GetOutput("DeadLetterQueueUrl"))
                .WithEnvironment("Pipeline__EnrichmentQueue", stack.GetOutput("EnrichmentQueueUrl"));
#endif
        // Credentials, profile and region are the SDK's own: the services inherit them from this environment. Without the real
        // Aspire.Hosting.AWS, the stack of pipeline.template.json must stand in the account already (AwsAccount).
        if (builder.Configuration["Aws:Region"] is { Length: > 0 } region)
        {
            _settings["AWS_REGION"] = region;
        }
    }

#if USE_ASPIRE
    private Action<IResourceBuilder<ProjectResource>>? _giveStack;
#endif

    /// <summary>Emulators check none; the SDK will not sign without some. What the environment has wins.</summary>
    private void UseInventedCredentials()
    {
        SetUnlessThere("AWS_REGION", DefaultRegion);
        SetUnlessThere("AWS_ACCESS_KEY_ID", TestKey);
        SetUnlessThere("AWS_SECRET_ACCESS_KEY", TestKey);

        void SetUnlessThere(string name, string value)
        {
            if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
            {
                _settings[name] = value;
            }
        }
    }

    private void Provision(IDistributedApplicationBuilder builder)
    {
        _provisioner = builder
            .AddProject<Projects.Provisioner>(ResourceNames.Provisioner)
            .WithEnvironment("Provisioner__Template", TemplateOf(builder));
        Configure(_provisioner);
        foreach (var needed in _neededFirst)
        {
            _provisioner.WaitFor(needed);
        }
    }

    private void Configure(IResourceBuilder<ProjectResource> service)
    {
        foreach (var (name, value) in _settings)
        {
            service.WithEnvironment(name, value);
        }

        foreach (var (name, endpoint) in _endpoints)
        {
            service.WithEnvironment(name, endpoint);
        }
#if USE_ASPIRE
        _giveStack?.Invoke(service);
#endif
    }

    /// <summary>The definition of queues and tables; a relative path is the caller's, not that of the process that reads it.</summary>
    public static string TemplateOf(IDistributedApplicationBuilder builder) =>
        builder.Configuration["Aws:Template"] is { Length: > 0 } asked
            ? Path.GetFullPath(asked)
            : Path.Combine(builder.AppHostDirectory, "pipeline.template.json");

    private static Uri EndpointOf(IDistributedApplicationBuilder builder, Uri? fallback)
    {
        var text = builder.Configuration["Aws:Endpoint"];
        var endpoint =
            string.IsNullOrEmpty(text) ? fallback
            : Uri.TryCreate(text, UriKind.Absolute, out var given) && given.Scheme is "http" or "https" ? given
            : throw new DistributedApplicationException(
                $"Aws:Endpoint is '{text}'; it must be a URL such as http://localhost:4566."
            );
        if (endpoint is null)
        {
            throw new DistributedApplicationException(
                "Aws:Mode=endpoint needs Aws:Endpoint: the URL of what speaks AWS. Example: --Aws:Endpoint=http://localhost:4566"
            );
        }

        return Answers(endpoint)
            ? endpoint
            : throw new DistributedApplicationException(
                $"Nothing answers at {endpoint} (Aws:Endpoint). Start it first, or run without --Aws:Mode for the embedded emulators."
            );
    }

    private static bool Answers(Uri endpoint)
    {
        try
        {
            using var client = new TcpClient();
            return client.ConnectAsync(endpoint.Host, endpoint.Port).Wait(TimeSpan.FromSeconds(3));
        }
        catch (AggregateException exception) when (exception.InnerException is SocketException)
        {
            return false;
        }
    }
}
