namespace Aspire.Hosting;

/// <summary>A fault of the application's description or of its start, with a message that says what to do about it.</summary>
public class DistributedApplicationException : Exception
{
    public DistributedApplicationException() { }

    public DistributedApplicationException(string message)
        : base(message) { }

    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner) { }
}
