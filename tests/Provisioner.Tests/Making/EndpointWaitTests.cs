using System.Net;
using Amazon.Runtime;
using Microsoft.Extensions.Options;
using Provisioner.Making;
using Provisioner.Templates;
using Testing;

namespace Provisioner.Tests.Making;

public sealed class EndpointWaitTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_endpoint_that_starts_a_little_later_is_waited_for()
    {
        var service = new Service(_ => throw new HttpRequestException("Connection refused"));
        var timer = _clock.WaitForNextTimerAsync(Cancellation);
        var waiting = Wait().UntilAnswersAsync(service, Cancellation);
        await timer;

        service.Answer = _ => { };
        _clock.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Null(await waiting);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_in_time_is_named()
    {
        // Each try takes as long as all of them may.
        var service = new Service(_ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            throw new HttpRequestException("Connection refused");
        });

        Assert.Equal(
            "SQS: nothing answers at http://localhost:4566/ after 30 s (Connection refused).",
            await Wait().UntilAnswersAsync(service, Cancellation)
        );
    }

    [Fact]
    public async Task A_no_is_an_answer()
    {
        var service = new Service(_ =>
            throw new AmazonServiceException("not you", ErrorType.Sender, "AccessDenied", "1", HttpStatusCode.Forbidden)
        );

        Assert.Null(await Wait().UntilAnswersAsync(service, Cancellation));
    }

    [Fact]
    public async Task A_client_that_cannot_even_ask_is_not_waited_for()
    {
        var service = new Service(_ =>
            throw new AmazonClientException("Failed to resolve AWS credentials. Exception 1 of 4: …")
        );

        Assert.Equal("SQS: Failed to resolve AWS credentials.", await Wait().UntilAnswersAsync(service, Cancellation));
    }

    [Fact]
    public async Task An_account_gets_a_stack_instead()
    {
        var service = new Service(_ => { }) { Endpoint = null };

        var reason = await Wait().UntilAnswersAsync(service, Cancellation);

        Assert.Contains("aws cloudformation deploy", reason, StringComparison.Ordinal);
        Assert.Equal(0, service.Probes);
    }

    private EndpointWait Wait() => new(Options.Create(new ProvisionerOptions()), _clock, new Lines<EndpointWait>());

    private sealed class Service(Action<int> answer) : IResourceKind
    {
        public Action<int> Answer { get; set; } = answer;

        public int Probes { get; private set; }

        public string? Endpoint { get; init; } = "http://localhost:4566/";

        string IResourceKind.Type => "AWS::SQS::Queue";

        string IResourceKind.Service => "SQS";

        IReadOnlyList<string> IResourceKind.Attributes => [];

        public Task ProbeAsync(CancellationToken cancellationToken)
        {
            Answer(++Probes);
            return Task.CompletedTask;
        }

        void IResourceKind.Check(Properties properties) => throw new NotSupportedException();

        Task<MakeOutcome> IResourceKind.MakeAsync(Properties properties, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
