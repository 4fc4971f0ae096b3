namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that the AppHost's code gives or, where it gives none, configuration (`Parameters:name`).</summary>
public class ParameterResource : Resource, IExpressionValue, IResourceWithoutLifetime
{
    private readonly Lazy<string> _value;

    internal ParameterResource(string name, Func<string> read, bool secret)
        : base(name)
    {
        _value = new Lazy<string>(read);
        Secret = secret;
    }

    public bool Secret { get; }

    public string ValueExpression => $"{{{Name}.value}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<string?>(_value.Value);
}

/// <summary>A parameter that neither configuration nor the AppHost's code gives a value.</summary>
public class MissingParameterValueException(string message) : DistributedApplicationException(message);
