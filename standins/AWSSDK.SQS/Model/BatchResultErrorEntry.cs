namespace Amazon.SQS.Model;

/// <summary>An entry of a batch that did not go through, though the batch did.</summary>
public class BatchResultErrorEntry
{
    public string Id { get; set; } = null!;

    public bool? SenderFault { get; set; }

    public string Code { get; set; } = null!;

    public string? Message { get; set; }
}
