using System.Net;
using Microsoft.AspNetCore.Components;
using OrleansBilling.Client;
using OrleansBilling.Console.Figures;
using OrleansBilling.Console.Sessions;

namespace OrleansBilling.Console.Pages;

/// <summary>The story of one subscription, what comes next, and what can be done about it.</summary>
public sealed partial class OneSubscription : LivePage
{
    private SubscriptionView? view;
    private IReadOnlyList<string> actions = [];
    private string? chosen;
    private string? reason;
    private string? refusal;
    private string? done;
    private string? sendingKey;
    private bool isSending;
    private bool isFocusWanted;
    private ElementReference confirmTitle;

    [Inject]
    private BillingApi Api { get; set; } = null!;

    [Parameter]
    public string Id { get; set; } = "";

    protected override bool IsAllowed => Session.SeesSubscriptions;

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        view = await SubscriptionView.LoadAsync(Desk, Session, Id, cancellationToken);
        actions = SubscriptionActions.Of(view.Subscription);
        if (chosen is not null && !actions.Contains(chosen)) chosen = null;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (!isFocusWanted) return;
        isFocusWanted = false;
        await confirmTitle.FocusAsync();
    }

    private void ChooseAsync(string action)
    {
        chosen = chosen == action ? null : action;
        (reason, refusal, done) = ("", null, null);

        // One key for all tries of one decision, however often the button is pressed.
        sendingKey = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        isFocusWanted = chosen is not null;
    }

    private async Task SendAsync()
    {
        if (chosen is not { } action || view is null || isSending) return;
        isSending = true;
        refusal = null;
        try
        {
            var options = new CallOptions { IdempotencyKey = sendingKey, IfVersion = view.Subscription.Version };
            await SubscriptionActions.SendAsync(Api.As(Session.Token).Subscriptions, Id, action, reason, options, Closing);
            (chosen, done) = (null, Texts[$"action.{action}.done"]);
            await ReloadAsync();
        }
        catch (BillingException refused) when (refused.Status == HttpStatusCode.PreconditionFailed)
        {
            refusal = Texts["action.outdated"];
            await ReloadAsync();
        }
        catch (Exception e) when (e is BillingException or HttpRequestException or TimeoutException)
        {
            refusal = ProblemOf(e);
        }
        finally
        {
            isSending = false;
        }
    }

    private async Task ReloadAsync()
    {
        Desk.Outdate(Session);
        await TryLoadAsync();
    }
}
