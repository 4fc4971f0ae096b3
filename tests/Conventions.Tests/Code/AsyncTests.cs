using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Conventions.Tests.Code;

/// <summary>A task has a name that says so and a token that can end it.</summary>
public sealed class AsyncTests
{
    private const BindingFlags Declared =
        BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    /// <summary>Those that nobody may cut off.</summary>
    private static readonly FrozenSet<string> Uninterrupted = FrozenSet.Create(
        // One request, which all who wait for a token share: no caller may end it, and a time-out of its own does.
        "GenesysApi.Tokens.TokenEndpoint.AskAsync",
        // Wait for so long at the most as they are told.
        "Processor.Announcing.Announcement.FilledAsync",
        "Ingestor.Sending.PendingEvents.WaitForAsync",
        // A question, not work: whoever asks waits for it with a deadline.
        "Processor.Lambda.Invocation.SettledAsync",
        // Ends with the request, which has a token of its own.
        "Processor.Announcing.Announcement.IsSentAsync",
        // The channel has room for as many as there are slots: it never waits.
        "Processor.Effects.EffectWorkers.AddAsync",
        // Ends when the last batch is flushed, and that is what it is for; each call in it has a token of its own.
        "Processor.Settlement.BatchLoop`1.RunAsync",
        // One line of what has happened: whoever asked may be gone, and the client's own time-out ends it.
        "Operations.DeadLetters.LetterTaking.TakeAsync",
        "Operations.DeadLetters.LetterWriter.WriteAsync",
        "Operations.Journal.OperatorsJournal.ActAsync",
        // Waits for a renewal that is under way; to delete before it ends would show a message that is gone.
        "Processor.Receiving.Heartbeat.StopAsync",
        // The linger ends the first; whoever sends concludes the second, however the sending ends.
        "Processor.Announcing.Announcement.FilledAsync",
        "Processor.Announcing.Announcement.IsSentAsync",
        // The end of a drain: what is let go goes into a buffer that never makes its caller wait.
        "Processor.Settlement.HideBuffer.LetGoAsync",
        // The process itself.
        "Ingestor.CommandLine.HandledAsync",
        "Ingestor.Serving.ServeAsync",
        "Processor.Lambda.LambdaFeature.ReportInitFailureAsync",
        "Proof.ProofFeature.ProveAsync",
        "Provisioner.Making.MakingFeature.RunToCompletionAsync",
        "ServiceDefaults.ServiceHost.RunServiceAsync"
    );

    [Fact]
    public void What_returns_a_task_ends_in_Async() =>
        Rule.Holds(
            "A caller must see that there is something to await.",
            OwnTasks().Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal)).Select(NameOf)
        );

    [Fact]
    public void Tokens_stand_last_and_have_no_default() =>
        Rule.Holds(
            "A token that can be left out is left out.",
            from method in OwnTasks()
            let parameters = method.GetParameters()
            where
                parameters
                    .SkipWhile(parameter => !IsToken(parameter))
                    .Any(parameter => !IsToken(parameter) || parameter.HasDefaultValue)
            select NameOf(method)
        );

    [Fact]
    public void What_others_await_takes_a_token() =>
        Rule.Holds(
            "What nobody can end hangs in a shutdown.",
            from method in OwnTasks()
            where !method.IsPrivate && !method.GetParameters().Any(IsToken) && !Uninterrupted.Contains(NameOf(method))
            select NameOf(method)
        );

    /// <summary>The methods whose signature is ours to choose.</summary>
    private static IEnumerable<MethodInfo> OwnTasks() =>
        from program in Programs.All
        from type in Programs.TypesOf(program)
        where !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !typeof(Delegate).IsAssignableFrom(type)
        from method in type.GetMethods(Declared)
        where IsTask(method.ReturnType) && !method.Name.Contains('<', StringComparison.Ordinal)
        where !IsDictated(type, method)
        select method;

    private static bool IsTask(Type type) =>
        type == typeof(Task)
        || type == typeof(ValueTask)
        || type.IsGenericType
            && (
                type.GetGenericTypeDefinition() == typeof(Task<>)
                || type.GetGenericTypeDefinition() == typeof(ValueTask<>)
            );

    private static bool IsToken(ParameterInfo parameter) => parameter.ParameterType == typeof(CancellationToken);

    /// <summary>By a base class or an interface of the framework, or by ASP.NET Core, whose context brings a token of its own.</summary>
    private static bool IsDictated(Type type, MethodInfo method) =>
        !Programs.All.Contains(method.GetBaseDefinition().DeclaringType!.Assembly)
        || method.IsSpecialName
        || method.Name == "<Main>$"
        || method
            .GetParameters()
            .Any(parameter => parameter.ParameterType.FullName == "Microsoft.AspNetCore.Http.HttpContext")
        || !type.IsInterface
            && type.GetInterfaces()
                .Where(contract => !Programs.All.Contains(contract.Assembly))
                .Any(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(method));

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
