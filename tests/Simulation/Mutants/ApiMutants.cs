using Simulation.Invariants;

namespace Simulation.Mutants;

/// <summary>Bugs in the budget, the token and the calls.</summary>
internal static class ApiMutants
{
    public static IReadOnlyList<Mutant> List { get; } =
    [
        new(
            "a call with an effect is sent again",
            Invariant.EffectOnce,
            "GenesysApi/GenesysHttp.cs",
            "ValueTask.FromResult(name == Reads &&",
            "ValueTask.FromResult((MUTANT || name == Reads) &&"
        ),
        new(
            "every second permit is free",
            Invariant.CallIsPaid,
            "GenesysApi/Budget/BudgetLine.cs",
            "        Pace.Take(now);",
            "        if (!MUTANT || Taken % 2 == 0)\n        {\n            Pace.Take(now);\n        }"
        ),
        new(
            "window off by one: each process makes one call before its time",
            Invariant.CallIsPaid,
            "GenesysApi/Budget/Pace.cs",
            "        if (_credit >= 1 - Tolerance)",
            "        if (_credit >= (MUTANT ? 0 : 1) - Tolerance)"
        ),
        new(
            "window off by one: one call more than the limit is shared out",
            Invariant.ShareIsFree,
            "GenesysApi/Budget/BudgetArithmetic.cs",
            "        var usable = Usable(allowed, streams) * ramp;",
            "        var usable = Usable(MUTANT ? allowed + 1 : allowed, streams) * ramp;"
        ),
        new(
            "window off by one: the limit is taken for one call more",
            Invariant.ShareIsFree,
            "GenesysApi/Budget/BudgetArithmetic.cs",
            "        var allowed = others.Select(share => share.Limit).Append(ask.Limit).Min();",
            "        var allowed = others.Select(share => share.Limit).Append(ask.Limit).Min() + (MUTANT ? 1 : 0);"
        ),
        new(
            "credit saved up without end",
            Invariant.CallIsPaid,
            "GenesysApi/Budget/Pace.cs",
            "            _credit = Math.Min(grown,",
            "            _credit = MUTANT ? grown : Math.Min(grown,"
        ),
        new(
            "each replica takes the whole limit",
            Invariant.MinuteHeld,
            "GenesysApi/Budget/BudgetArithmetic.cs",
            "            .Shares.Where(share => share.Holder != ask.Holder",
            "            .Shares.Where(share => !MUTANT && share.Holder != ask.Holder"
        ),
        new(
            "a fifth more than the limit is shared out",
            Invariant.ShareIsFree,
            "GenesysApi/Budget/BudgetArithmetic.cs",
            "        Math.Max(allowed - (CreditMax * streams)",
            "        MUTANT ? allowed * 1.2 : Math.Max(allowed - (CreditMax * streams)"
        ),
        new(
            "the limit is shared out without a margin",
            Invariant.ShareIsFree,
            "GenesysApi/Budget/BudgetArithmetic.cs",
            "Math.Max(allowed - (CreditMax * streams)",
            "MUTANT ? allowed : Math.Max(allowed - (CreditMax * streams)"
        ),
        new(
            "a changed limit is not heeded",
            Invariant.ShareIsFree,
            "GenesysApi/Budget/LocalBudget.cs",
            "    private int LimitOf_NeedsLock(BudgetRules current) => Math.Min(current.Limit,",
            "    private int LimitOf_NeedsLock(BudgetRules current) =>\n        Math.Min(MUTANT ? Math.Max(_plannedLimit, current.Limit) : current.Limit,"
        ),
        new(
            "a smaller limit of the platform is not heeded",
            Invariant.MinuteHeld,
            "GenesysApi/Budget/ServerCounts.cs",
            "    public int? Allowed => _views.Count == 0 ? null",
            "    public int? Allowed => MUTANT || _views.Count == 0 ? null"
        ),
        new(
            "what operators may do comes on top of the limit",
            Invariant.MinuteHeld,
            "GenesysApi/Budget/LocalBudget.cs",
            "            _operator.Pace.Set(renewal.Operator, now, end);",
            "            _operator.Pace.Set(MUTANT && renewal.Operator > 0 ? current.Limit : renewal.Operator, now, end);"
        ),
        new(
            "a call with an effect is sent with too little time left",
            Invariant.SentInTime,
            "GenesysApi/Budget/BudgetHandler.cs",
            "        if (trace.HasEffect && time.GetElapsedTime",
            "        if (!MUTANT && trace.HasEffect && time.GetElapsedTime"
        ),
        new(
            "a call with an effect is sent although the time of its claim is over",
            Invariant.EffectOnce,
            "GenesysApi/Budget/BudgetHandler.cs",
            "        if (time.GetUtcNow() >= trace.NotAfter)",
            "        if (!MUTANT && time.GetUtcNow() >= trace.NotAfter)",
            FirstSeed: 15_300
        ),
        new(
            "without the store each takes the whole limit",
            Invariant.MinuteHeld,
            "GenesysApi/Budget/BudgetArithmetic.cs",
            "        return (@class == BudgetClass.Operator ? reserve : usable - reserve) / holders;",
            "        return (@class == BudgetClass.Operator ? reserve : usable - reserve) / (MUTANT ? 1 : holders);"
        ),
        new(
            "a new token asked for nobody: the refused one is kept",
            Invariant.RunEnds,
            "GenesysApi/Tokens/TokenSource.cs",
            "            _token = null;\n            _refusedInARow",
            "            _token = MUTANT ? _token : null;\n            _refusedInARow"
        ),
        new(
            "no token is a failure",
            Invariant.WaitingNotCounted,
            "GenesysApi/Tokens/TokenHandler.cs",
            "                return CallTrace.Of(request).Withhold(request, WhyNot(outcome));",
            "                return MUTANT\n                    ? throw new HttpRequestException(HttpRequestError.ConnectionError)\n                    : CallTrace.Of(request).Withhold(request, WhyNot(outcome));"
        ),
        new(
            "a 429 is a rejection",
            Invariant.LetterSaysWhy,
            "GenesysApi/Budget/BudgetHandler.cs",
            "        if (response.StatusCode == HttpStatusCode.TooManyRequests)",
            "        if (response.StatusCode == HttpStatusCode.TooManyRequests && !MUTANT)"
        ),
    ];
}
