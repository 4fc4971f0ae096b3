using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Operations.Access;
using ServiceDefaults;

namespace Operations.Layout;

/// <summary>A page that looks again every second while it is open. At most one look is under way, so a slow one is not overtaken.</summary>
public abstract partial class LivePage : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _left = new();
    private Task _looking = Task.CompletedTask;

    [Inject]
    private ILogger<LivePage> Logger { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private Trouble Trouble { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Login { get; set; } = null!;

    /// <summary>The person left the page.</summary>
    protected CancellationToken Left => _left.Token;

    protected DateTimeOffset Now => Time.GetUtcNow();

    internal Actor Who { get; private set; } = new("nobody", false);

    /// <summary>Seconds between two looks.</summary>
    protected virtual int Patience => 1;

    protected override async Task OnInitializedAsync()
    {
        Who = Actor.Of((await Login).User);
        await TryToLookAsync();
    }

    /// <summary>A login that is over is one too.</summary>
    protected override async Task OnParametersSetAsync() => Who = Actor.Of((await Login).User);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _looking = LookAgainAsync();
        }
    }

    /// <summary>Fetches what the page shows.</summary>
    protected abstract Task LookAsync(CancellationToken cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await _looking;
        _left.Dispose();
        Leave();
        GC.SuppressFinalize(this);
    }

    /// <summary>The page is gone.</summary>
    protected virtual void Leave() { }

    private async Task LookAgainAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(LookEvery * Patience, Time);
            while (await timer.WaitForNextTickAsync(Left))
            {
                await InvokeAsync(async () =>
                {
                    await TryToLookAsync();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // The page is closed.
        }
    }

    /// <summary>A page that cannot look shows what it saw last, says so, and looks again.</summary>
    private async Task TryToLookAsync()
    {
        try
        {
            await LookAsync(Left);
            Trouble.Tell(null);
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, Left) != AwsFault.None)
        {
            var reason = AwsFaults.ReasonOf(exception);
            Log.NotSeen(Logger, GetType().Name, reason);
            Trouble.Tell($"A queue or a table does not answer ({reason}); what is shown may be old.");
        }
        catch (Exception exception)
        {
            // A bug; the page goes on with what it has.
            Log.Unexpected(Logger, exception, GetType().Name);
            Trouble.Tell(
                "This page failed unexpectedly; what is shown may be old. The log of Operations has the reason."
            );
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 550,
            Level = LogLevel.Warning,
            Message = "The page {Page} cannot look ({Reason}); it shows what it saw last."
        )]
        public static partial void NotSeen(ILogger logger, string page, string reason);

        [LoggerMessage(
            EventId = 551,
            Level = LogLevel.Error,
            Message = "The page {Page} failed unexpectedly; it goes on with what it saw last."
        )]
        public static partial void Unexpected(ILogger logger, Exception exception, string page);
    }
}
