namespace Ingestor.Authorizing;

/// <summary>What is known of the right of a request to be served.</summary>
internal abstract record Authorization
{
    private Authorization() { }

    internal sealed record Granted : Authorization
    {
        public static Granted Instance { get; } = new();
    }

    /// <summary>Everything but the signature is in order; that takes the body.</summary>
    internal sealed record DependsOnBody(SignedRequest Signed, string Timestamp) : Authorization;

    /// <param name="Code">The service's name for it.</param>
    internal sealed record Denied(int Status, string Code, string Message) : Authorization;
}
