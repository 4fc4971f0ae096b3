namespace Events;

/// <summary>A kind of event. Its name is the <c>detail-type</c>: Genesys' topic template, with <c>{id}</c> spelled out in it.</summary>
public sealed class Topic
{
    internal Topic(string name, bool isKnown)
    {
        Name = name;
        IsKnown = isKnown;
        IsBoundary = TopicRules.Boundaries.Contains(name);
        Rule = TopicRules.For(name, isKnown);
        IdNames = TopicName.IdNames(name);
        SubjectKind = isKnown ? TopicName.SubjectKind(IdNames) : TopicName.NoSubject;
        SubjectIds = isKnown ? TopicName.SubjectIds(IdNames) : [];
    }

    public string Name { get; }

    /// <summary>In the SDK's list. An unknown topic is recorded all the same, and counted as schema drift.</summary>
    public bool IsKnown { get; }

    /// <summary>A step after which a conversation's summary may have changed: the moment to ask the API again.</summary>
    public bool IsBoundary { get; }

    /// <summary><c>conversation</c>, <c>user</c>, <c>audit</c>, …; <c>topic</c> where the name has no id to be about.</summary>
    public string SubjectKind { get; }

    /// <summary>The segment in front of each <c>{id}</c>.</summary>
    internal IReadOnlyList<string> IdNames { get; }

    /// <summary>Which of the ids in the concrete topic name are the subject's.</summary>
    internal IReadOnlyList<int> SubjectIds { get; }

    internal TopicRule Rule { get; }

    /// <summary>One <c>{id}</c>, the subject's own, tells nothing more than the subject; any other does.</summary>
    internal bool HasIdsBesideSubject => SubjectIds.Count == 0 || IdNames.Count > SubjectIds.Count;

    public override string ToString() => Name;
}
