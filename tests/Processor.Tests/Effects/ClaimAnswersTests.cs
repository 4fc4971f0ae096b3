using System.Net;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Processor.Effects;
using Processor.Processing;
using Processor.Tests.Emulated;

namespace Processor.Tests.Effects;

/// <summary>Writes to the real store whose answer is lost on the way back, and which the SDK then makes again.</summary>
public sealed class ClaimAnswersTests(EmulatedAws aws)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_claim_that_was_made_and_asked_for_again_is_ours()
    {
        using var pipeline = await aws.NewPipelineAsync(CancellationToken);
        using var lossy = new LossyClient(pipeline);
        lossy.LoseNextAnswer();

        var granted = Assert.IsType<ClaimAnswer.Granted>(
            await lossy.Store.ClaimAsync("key", "hash", Lease, CancellationToken)
        );

        Assert.True(lossy.Calls >= 2, "The SDK asked again.");
        Assert.IsType<Doubt.None>(granted.Doubt);
        Assert.Equal(ClaimWrite.Done, await lossy.Store.CompleteAsync(granted.Ticket, "applied", CancellationToken));
    }

    [Fact]
    public async Task A_takeover_that_was_made_and_asked_for_again_must_be_found_out()
    {
        using var pipeline = await aws.NewPipelineAsync(CancellationToken);
        using var lossy = new LossyClient(pipeline);
        var first = Assert.IsType<ClaimAnswer.Granted>(
            await lossy.Store.ClaimAsync("key", "hash", Lease, CancellationToken)
        );
        await lossy.Store.MarkAmbiguousAsync(first.Ticket, "timeout", TimeSpan.Zero, CancellationToken);
        lossy.LoseNextAnswer();

        var second = Assert.IsType<ClaimAnswer.Granted>(
            await lossy.Store.ClaimAsync("key", "hash", Lease, CancellationToken)
        );

        Assert.IsType<Doubt.Open>(second.Doubt);
    }

    [Fact]
    public async Task A_completion_that_was_written_and_asked_for_again_is_done()
    {
        using var pipeline = await aws.NewPipelineAsync(CancellationToken);
        using var lossy = new LossyClient(pipeline);
        var granted = Assert.IsType<ClaimAnswer.Granted>(
            await lossy.Store.ClaimAsync("key", "hash", Lease, CancellationToken)
        );
        lossy.LoseNextAnswer();

        Assert.Equal(ClaimWrite.Done, await lossy.Store.CompleteAsync(granted.Ticket, "applied", CancellationToken));
    }

    private sealed class LossyClient : HttpClientFactory, IDisposable
    {
        private readonly Line _line = new();
        private readonly AmazonDynamoDBClient _dynamoDb;

        public LossyClient(EmulatedPipeline pipeline)
        {
            _dynamoDb = new AmazonDynamoDBClient(
                new BasicAWSCredentials("test", "test"),
                new AmazonDynamoDBConfig
                {
                    ServiceURL = pipeline.DynamoDb.Config.ServiceURL,
                    AuthenticationRegion = "us-east-1",
                    HttpClientFactory = this,
                    RetryMode = RequestRetryMode.Standard,
                    MaxErrorRetry = 1,
                }
            );
            Store = new DynamoDbClaimStore(
                _dynamoDb,
                pipeline.Names.ClaimsTable,
                new EffectsOptions(),
                TimeProvider.System,
                new Ledger(pipeline.Metrics)
            );
        }

        public DynamoDbClaimStore Store { get; }

        public int Calls => _line.Calls;

        public void LoseNextAnswer() => _line.LosesNext = true;

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(_line, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public void Dispose()
        {
            _dynamoDb.Dispose();
            _line.Dispose();
        }

        private sealed class Line() : DelegatingHandler(new SocketsHttpHandler())
        {
            public bool LosesNext { get; set; }

            public int Calls { get; private set; }

            protected override async Task<HttpResponseMessage> SendAsync(
                HttpRequestMessage request,
                CancellationToken cancellationToken
            )
            {
                Calls++;
                var response = await base.SendAsync(request, cancellationToken);
                if (!LosesNext)
                {
                    return response;
                }

                LosesNext = false;
                response.Dispose();
                return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
                {
                    Content = new StringContent("""{"__type":"InternalServerError"}"""),
                };
            }
        }
    }
}
