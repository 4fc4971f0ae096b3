namespace Provisioner.Templates;

/// <summary>What can stand in a template where a value is expected.</summary>
internal abstract record Value
{
    private Value() { }

    /// <param name="Text">A string, number or boolean, as text.</param>
    /// <param name="Json">The same as it stood in the template.</param>
    internal sealed record Scalar(string Text, string Json) : Value;

    internal sealed record List(IReadOnlyList<Value> Items) : Value;

    internal sealed record Map(IReadOnlyDictionary<string, Value> Members) : Value;

    /// <summary>A parameter, or what a resource is called by: the URL of a queue, the name of a table.</summary>
    internal sealed record Ref(string Name) : Value;

    internal sealed record GetAtt(string Resource, string Attribute) : Value;

    /// <summary>Text with values in it.</summary>
    internal sealed record Sub(IReadOnlyList<Value> Parts) : Value;

    /// <summary>Every reference in this value, however deep.</summary>
    public IEnumerable<Value> References() =>
        this switch
        {
            Ref or GetAtt => [this],
            List list => list.Items.SelectMany(item => item.References()),
            Map map => map.Members.Values.SelectMany(member => member.References()),
            Sub sub => sub.Parts.SelectMany(part => part.References()),
            _ => [],
        };
}
