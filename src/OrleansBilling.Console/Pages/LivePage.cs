using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using OrleansBilling.Client;
using OrleansBilling.Console.Live;
using OrleansBilling.Console.Sessions;
using OrleansBilling.Console.Words;

namespace OrleansBilling.Console.Pages;

/// <summary>
/// A page that shows what the API says, and shows it again when it has moved. It keeps what it has while it asks, so nothing jumps. A
/// session that has ended leads to the sign-in page, and everything else that fails is said on the page.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private IDisposable? watch;
    private int loads;

    [CascadingParameter]
    protected Texts Texts { get; set; } = null!;

    [CascadingParameter]
    protected SignedIn Session { get; set; } = null!;

    [Inject]
    protected FiguresDesk Desk { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Why there is nothing to show, or nothing new; null if all is well.</summary>
    protected string? Problem { get; private set; }

    /// <summary>Whether the page waits for answers to what it asks now.</summary>
    protected bool IsLoading { get; private set; } = true;

    protected CancellationToken Closing => closing.Token;

    /// <summary>Whether the session may see the page at all.</summary>
    protected abstract bool IsAllowed { get; }

    /// <summary>Whether it shows by itself what has moved.</summary>
    protected virtual bool IsLive => Session.SeesFigures;

    /// <summary>Asks for all that the page shows, and then takes it over at once.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    protected override async Task OnParametersSetAsync()
    {
        if (!IsAllowed)
        {
            Problem = Texts["not-allowed"];
            IsLoading = false;
            return;
        }

        IsLoading = true;
        await TryLoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender || !IsAllowed || !IsLive || closing.IsCancellationRequested) return;
        watch = Desk.Watch(Session, () => InvokeAsync(async () =>
        {
            await TryLoadAsync();
            StateHasChanged();
        }));
    }

    /// <summary>Loads again, for example after a command.</summary>
    protected async Task TryLoadAsync()
    {
        var load = ++loads;
        try
        {
            await LoadAsync(Closing);
            if (load == loads) Problem = null;
        }
        catch (BillingException refused) when (refused.Status == HttpStatusCode.Unauthorized)
        {
            Navigation.NavigateTo($"sign-in?why=ended&next={Uri.EscapeDataString(Here)}", forceLoad: true);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The page was closed.
        }
        catch (Exception e) when (e is BillingException or HttpRequestException or TimeoutException or JsonException)
        {
            if (load == loads) Problem = ProblemOf(e);
        }

        if (load == loads) IsLoading = false;
    }

    protected string ProblemOf(Exception failed) => failed switch
    {
        BillingException { Status: HttpStatusCode.NotFound } => Texts["missing.text"],
        BillingException { Status: HttpStatusCode.Forbidden } => Texts["not-allowed"],
        BillingException { Code: "rebuilding" } => Texts["rebuilding"],
        BillingException { Code: not null } refused when (int)refused.Status < 500 => refused.Detail,
        _ => Texts["unreachable"],
    };

    private string Here => Navigation.ToBaseRelativePath(Navigation.Uri);

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        watch?.Dispose();
        closing.Cancel();
        closing.Dispose();
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }
}
