namespace Provisioner.Templates;

/// <summary>All that is wrong with a template, so that it is mended in one go.</summary>
internal sealed class Faults
{
    private readonly List<string> _found = [];

    public IReadOnlyList<string> Found => _found;

    public void Add(string fault) => _found.Add(fault);
}
