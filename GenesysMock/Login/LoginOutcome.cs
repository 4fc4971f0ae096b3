namespace GenesysMock.Login;

internal abstract record LoginOutcome
{
    private LoginOutcome() { }

    internal sealed record Granted(string Token, TimeSpan Lifetime) : LoginOutcome
    {
        public override string ToString() => $"Granted {{ Lifetime = {Lifetime} }}";
    }

    internal sealed record Throttled(TimeSpan RetryAfter) : LoginOutcome;

    internal sealed record Refused(int Status, string Error, string Description) : LoginOutcome;
}
