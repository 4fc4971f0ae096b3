using Amazon.SQS;
using Amazon.SQS.Model;
using Provisioner.Making;
using Provisioner.Templates;

namespace Provisioner.Queues;

internal sealed class QueueKind(IAmazonSQS sqs) : IResourceKind
{
    private const string Arn = "Arn";
    private const string QueueName = "QueueName";
    private const string QueueUrl = "QueueUrl";

    public string Type => "AWS::SQS::Queue";

    public string Service => "SQS";

    public string? Endpoint => sqs.Config.ServiceURL;

    public IReadOnlyList<string> Attributes { get; } = [Arn, QueueName, QueueUrl];

    public Task ProbeAsync(CancellationToken cancellationToken) =>
        sqs.ListQueuesAsync(new ListQueuesRequest(), cancellationToken);

    public void Check(Properties properties) => QueueDefinition.Read(properties);

    public async Task<MakeOutcome> MakeAsync(Properties properties, CancellationToken cancellationToken)
    {
        var wanted = QueueDefinition.Read(properties);
        var url = await FindAsync(wanted.Name, cancellationToken);
        var change = url is null ? new Change.Created() : await AdjustAsync(url, wanted.Attributes, cancellationToken);
        url ??= await CreateAsync(wanted, cancellationToken);

        return new MakeOutcome.Made(
            wanted.Name,
            url,
            new Dictionary<string, string>
            {
                [Arn] = await ReadArnAsync(url, cancellationToken),
                [QueueName] = wanted.Name,
                [QueueUrl] = url,
            },
            change
        );
    }

    private async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await sqs.GetQueueUrlAsync(new GetQueueUrlRequest(name), cancellationToken)).QueueUrl;
        }
        catch (QueueDoesNotExistException)
        {
            return null;
        }
    }

    private async Task<string> CreateAsync(QueueDefinition wanted, CancellationToken cancellationToken) =>
        (
            await sqs.CreateQueueAsync(
                new CreateQueueRequest(wanted.Name) { Attributes = wanted.Attributes.ToDictionary() },
                cancellationToken
            )
        ).QueueUrl;

    private async Task<Change> AdjustAsync(
        string url,
        IReadOnlyDictionary<string, string> wanted,
        CancellationToken cancellationToken
    )
    {
        var present = await ReadAttributesAsync(url, cancellationToken);
        var differing = wanted.Where(attribute => IsDifferent(present, attribute.Key, attribute.Value)).ToDictionary();
        if (differing.Count == 0)
        {
            return new Change.Kept();
        }

        await sqs.SetQueueAttributesAsync(url, differing, cancellationToken);
        return new Change.Adjusted(string.Join(", ", differing.Keys.Order(StringComparer.Ordinal)));
    }

    /// <summary>SQS tells every plain attribute a queue can have; one that it does not tell, this endpoint does not have.</summary>
    private static bool IsDifferent(Dictionary<string, string> present, string name, string wanted) =>
        present.TryGetValue(name, out var value)
            ? !QueueAttributes.AreSame(value, wanted)
            : QueueDefinition.Policies.Contains(name);

    private async Task<string> ReadArnAsync(string url, CancellationToken cancellationToken) =>
        (await ReadAttributesAsync(url, cancellationToken))[QueueAttributeName.QueueArn];

    private async Task<Dictionary<string, string>> ReadAttributesAsync(
        string url,
        CancellationToken cancellationToken
    ) =>
        (
            await sqs.GetQueueAttributesAsync(
                new GetQueueAttributesRequest(url, [QueueAttributeName.All]),
                cancellationToken
            )
        ).Attributes
        ?? [];
}
