namespace GenesysApi.Directory;

/// <summary>A user, as people know them.</summary>
public sealed record User(string? Id, string? Name, string? Email, string? State);

/// <summary>A queue, as people know it.</summary>
public sealed record Queue(string? Id, string? Name);

/// <summary>One page of a listing.</summary>
public sealed record Listing<T>(IReadOnlyList<T>? Entities);
