using System.Text.Json;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using Processor.Announcing;
using Processor.Processing;
using Processor.Testing.Outside;
using Processor.Tests.Emulated;
using ServiceDefaults;

namespace Processor.Tests.Contracts;

public sealed class FakeEnrichmentRequestsTests : EnrichmentRequestsContract
{
    private readonly FakeEnrichmentRequests _requests = new(TimeProvider.System, new Random(1));

    private protected override Task<IEnrichmentRequests> NewRequestsAsync() =>
        Task.FromResult<IEnrichmentRequests>(_requests);

    private protected override Task<IEnrichmentRequests> NewMissingRequestsAsync()
    {
        _requests.Faults.IsAway = true;
        return NewRequestsAsync();
    }

    private protected override Task<IReadOnlyList<string>> ReadAllAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. _requests.Requests.Select(request => request.ConversationId)]);
}

public sealed class SqsEnrichmentRequestsTests(EmulatedAws aws) : EnrichmentRequestsContract, IDisposable
{
    private EmulatedPipeline? _pipeline;

    public void Dispose() => _pipeline?.Dispose();

    private protected override async Task<IEnrichmentRequests> NewRequestsAsync()
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        return _pipeline.Seams(TimeProvider.System).Enrichment;
    }

    private protected override async Task<IEnrichmentRequests> NewMissingRequestsAsync()
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        return new SqsEnrichmentRequests(
            _pipeline.Sqs,
            new QueueUrls(
                _pipeline.Sqs,
                Options.Create(new PipelineOptions { EnrichmentQueue = "nobody-made-it" }),
                TimeProvider.System
            ),
            new Ledger(_pipeline.Metrics),
            TimeProvider.System
        );
    }

    private protected override async Task<IReadOnlyList<string>> ReadAllAsync()
    {
        var answer = await _pipeline!.Sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(_pipeline.EnrichmentUrl) { MaxNumberOfMessages = 10 },
            TestContext.Current.CancellationToken
        );
        return [.. answer.Messages!.Select(message => ConversationIdOf(message.Body!))];
    }

    private static string ConversationIdOf(string body)
    {
        using var request = JsonDocument.Parse(body);
        return request.RootElement.GetProperty("conversationId").GetString()!;
    }
}
