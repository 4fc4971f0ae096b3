namespace GenesysApi.Budget;

/// <summary>The budget's answer to the question "may I make one HTTP call now?".</summary>
public abstract record Permit
{
    private Permit() { }

    public sealed record Granted : Permit
    {
        public static readonly Granted Instance = new();
    }

    /// <summary>Our own pace says no: come back at <paramref name="Until"/>.</summary>
    public sealed record Empty(DateTimeOffset Until) : Permit
    {
        /// <summary>What a call that was not made for it says.</summary>
        public const string Reason = "budget empty";
    }

    /// <summary>The server (or the circuit breaker) said no for everybody until <paramref name="Until"/>; <paramref name="By"/> names the limit.</summary>
    public sealed record Blocked(DateTimeOffset Until, string By) : Permit
    {
        /// <summary>What a call that was not made for it says.</summary>
        public const string Reason = "budget blocked";
    }
}
