using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Waits until the provider has answered the charge of a new subscription, so that its caller need not ask again.</summary>
internal sealed class FirstPayment(SubscriptionReader reader, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The subscription when the outcome is known, or as it is after <paramref name="longest"/>.</summary>
    /// <exception cref="Runtime.Journal.JournalUnavailableException">The database does not answer. The subscription is there.</exception>
    public async ValueTask<SubscriptionView> WaitAsync(
        SubscriptionView created, TimeSpan longest, RequestWait wait, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var view = created;
        while (IsAwaited(view.State) && time.GetElapsedTime(started) < longest)
        {
            await wait.PauseAsync(Pause, time, cancellationToken);
            view = await reader.FindAsync(created.State.Id, cancellationToken) ?? view;
        }

        return view;
    }

    /// <summary>A voucher is an outcome: it waits for the customer, for days.</summary>
    private static bool IsAwaited(Subscription s) => s.Charge is { Voucher: null };
}
