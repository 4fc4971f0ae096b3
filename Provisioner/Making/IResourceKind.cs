using Provisioner.Templates;

namespace Provisioner.Making;

/// <summary>A type of resource the template may have, and the service that has such resources.</summary>
internal interface IResourceKind
{
    /// <summary>As the template says it: <c>AWS::SQS::Queue</c>.</summary>
    string Type { get; }

    /// <summary>The service, for messages.</summary>
    string Service { get; }

    /// <summary>Where the service is; null if it is AWS itself.</summary>
    string? Endpoint { get; }

    /// <summary>What <c>Fn::GetAtt</c> may ask for.</summary>
    IReadOnlyList<string> Attributes { get; }

    /// <summary>Any call that changes nothing: it throws as long as the service does not answer.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Reads the properties for what is wrong with them.</summary>
    void Check(Properties properties);

    /// <summary>Makes the resource, or changes it to what the template says.</summary>
    Task<MakeOutcome> MakeAsync(Properties properties, CancellationToken cancellationToken);
}
