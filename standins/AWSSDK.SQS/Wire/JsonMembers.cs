using System.Collections;
using Amazon.Runtime.Internal.Util;

namespace Amazon.SQS.Wire;

internal delegate void ReadMember<in T>(T target, ref StreamingUtf8JsonReader json);

/// <summary>How each member of an object is read; one that is not listed is skipped, so that new ones do no harm.</summary>
internal sealed class JsonMembers<T> : IEnumerable
{
    private readonly List<(string Name, ReadMember<T> Read)> _members = [];

    internal void Add(string name, ReadMember<T> read) => _members.Add((name, read));

    internal void Read(T target, ref StreamingUtf8JsonReader json)
    {
        // A handful of names, of different lengths for the most part: nothing is faster than a walk.
        foreach (var (name, read) in _members)
        {
            if (json.ValueTextEquals(name))
            {
                read(target, ref json);
                return;
            }
        }

        json.SkipValue();
    }

    IEnumerator IEnumerable.GetEnumerator() => _members.GetEnumerator();
}
