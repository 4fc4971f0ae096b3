namespace Provisioner.Making;

/// <summary>What the process ends with.</summary>
internal enum ExitCode
{
    Provisioned = 0,

    /// <summary>AWS, or what stands in for it, did not answer or said no.</summary>
    NotProvisioned = 1,

    /// <summary>The template or the configuration is wrong; nothing was touched.</summary>
    BrokenTemplate = 2,
}
