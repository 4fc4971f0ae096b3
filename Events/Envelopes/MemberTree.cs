using System.Text;
using System.Text.Json;

namespace Events.Envelopes;

/// <summary>The members a topic's rule asks for, by path. Arrays are transparent: <c>transcripts.isFinal</c> is that of each transcript.</summary>
internal sealed class MemberTree
{
    private readonly List<MemberTree> _children = [];
    private readonly byte[] _name;

    private MemberTree(string name) => _name = Encoding.UTF8.GetBytes(name);

    /// <summary>The place of this member in the rule's list; negative if only members below it are asked for.</summary>
    public int Slot { get; private set; } = -1;

    public bool HasChildren => _children.Count > 0;

    public static MemberTree Of(IReadOnlyList<string> paths)
    {
        var root = new MemberTree("");
        for (var slot = 0; slot < paths.Count; slot++)
        {
            var node = root;
            foreach (var name in paths[slot].Split('.'))
            {
                node = node.ChildNamed(name);
            }

            node.Slot = slot;
        }

        return root;
    }

    /// <summary>The child named by the property the reader stands on.</summary>
    public MemberTree? Find(ref Utf8JsonReader json)
    {
        foreach (var child in _children)
        {
            if (json.IsNamed(child._name))
            {
                return child;
            }
        }

        return null;
    }

    private MemberTree ChildNamed(string name)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        var child = _children.Find(child => child._name.AsSpan().SequenceEqual(utf8));
        if (child is null)
        {
            child = new MemberTree(name);
            _children.Add(child);
        }

        return child;
    }
}
