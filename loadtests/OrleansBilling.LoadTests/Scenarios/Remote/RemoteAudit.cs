using NodaTime;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Systems;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Remote;

/// <summary>
/// Audits a run through the API: acknowledged commands are visible, nothing was paid twice, and each seller's statistics and
/// balances match its subscriptions.
/// </summary>
/// <param name="way">Access to the gateways.</param>
/// <param name="catalog">What this machine sold.</param>
/// <param name="acknowledged">What was acknowledged to this machine.</param>
internal sealed class RemoteAudit(GatewayWay way, LoadCatalog catalog, AcknowledgedVersions acknowledged)
{
    private const int HistoriesMax = 2_000;
    private const int CallsMax = 8;
    private readonly List<SubscriptionDocument> all = [];
    private int statisticsDiffer;
    private int balancesDiffer;

    /// <param name="loadEndedAt">Everything due by then must be done.</param>
    /// <param name="nobodyPending">Whether every subscription must have its first payment.</param>
    /// <param name="due">The numbers of the subscriptions that fell due at one instant; may be empty.</param>
    /// <param name="provider">The stand-alone payment simulator; null when it is not known.</param>
    /// <param name="cancellationToken">Stops the audit.</param>
    public async Task<IReadOnlyList<RunCheck>> RunAsync(
        Instant loadEndedAt, bool nobodyPending, IReadOnlySet<int> due, Uri? provider, CancellationToken cancellationToken)
    {
        foreach (var seller in catalog.Sellers) await ReadSellerAsync(seller, cancellationToken);
        var byNumber = all.ToDictionary(subscription => catalog.NumberOf(subscription.Id));
        var ended = loadEndedAt.ToDateTimeOffset();
        List<RunCheck> checks =
        [
            RunCheck.Same(
                "subscriptions with an acknowledged command that are shown", acknowledged.Count(),
                byNumber.Keys.LongCount(number => acknowledged.Of(number) > 0)),
            RunCheck.None(
                "of these, shown with a version below the acknowledged one",
                byNumber.LongCount(pair => pair.Value.Version < acknowledged.Of(pair.Key))),
            RunCheck.None("due times left over", all.LongCount(subscription => IsLate(subscription, ended))),
            RunCheck.None(
                "subscriptions that paid anything but their recurrences",
                all.LongCount(subscription => subscription.LifetimePaid != subscription.Amount * subscription.PaidRecurrences)),
            await CheckHistoriesAsync(cancellationToken),
            RunCheck.None($"sellers whose statistics differ from their subscriptions, of {catalog.Sellers.Count:N0}", statisticsDiffer),
            RunCheck.None($"sellers whose balance differs from what was paid, of {catalog.Sellers.Count:N0}", balancesDiffer),
        ];
        if (nobodyPending)
            checks.Add(
                RunCheck.None(
                    "subscriptions that still wait for their first payment",
                    all.LongCount(subscription => subscription.Status == "pending")));
        if (due.Count > 0)
            checks.Add(
                RunCheck.Same(
                    "subscriptions due at one instant that were invoiced", due.Count,
                    due.LongCount(number => byNumber.TryGetValue(number, out var found) && HasStarted(found))));
        if (provider is not null) checks.AddRange(await CheckBookAsync(provider, cancellationToken));
        return checks;
    }

    private static bool HasStarted(SubscriptionDocument subscription) =>
        subscription.CurrentPeriod is not null || subscription.Status != "pending";

    private static bool IsLate(SubscriptionDocument subscription, DateTimeOffset loadEndedAt) =>
        subscription is { Retry: null, NextBillingAt: { } next } && next <= loadEndedAt;

    private async Task ReadSellerAsync(string seller, CancellationToken cancellationToken)
    {
        var own = new List<SubscriptionDocument>();
        await foreach (
            var subscription in way.Api.ListAsync<SubscriptionDocument>($"/v1/subscriptions?seller_id={seller}", cancellationToken))
            own.Add(subscription);
        all.AddRange(own);
        var paid = own.Sum(subscription => subscription.LifetimePaid);
        var summary = await way.ReadSummaryAsync(seller, cancellationToken);
        var counts = summary.Counts;
        long[] shown =
        [
            counts.Pending, counts.Trialing, counts.Active, counts.PastDue, counts.Paused, counts.Canceled, counts.Expired,
            counts.Completed,
            summary.PaidRecurrences, summary.Collected.Sum(money => money.Amount),
        ];
        long[] recounted =
        [
            .. ((string[])["pending", "trialing", "active", "past_due", "paused", "canceled", "expired", "completed"])
                .Select(status => own.LongCount(subscription => subscription.Status == status)),
            own.Sum(subscription => (long)subscription.PaidRecurrences), paid,
        ];
        if (!shown.SequenceEqual(recounted)) statisticsDiffer++;

        var owed = 0L;
        await foreach (var balance in way.Api.ListAsync<BalanceDocument>($"/v1/balances?seller_id={seller}", cancellationToken))
            owed += balance.Amount;
        if (owed != paid) balancesDiffer++;
    }

    /// <summary>Reads the events of an even sample of subscriptions. Reading all would take longer than the run.</summary>
    private async Task<RunCheck> CheckHistoriesAsync(CancellationToken cancellationToken)
    {
        var step = Math.Max(1, all.Count / HistoriesMax);
        var chosen = all.Where((_, n) => n % step == 0).ToList();
        var twice = 0;
        var bound = new ParallelOptions { MaxDegreeOfParallelism = CallsMax, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(chosen, bound, async (subscription, stop) =>
        {
            var paid = new HashSet<long>();
            await foreach (var happened in way.Api.ListAsync<EventDocument>($"/v1/subscriptions/{subscription.Id}/events", stop))
            {
                if (happened.Type is "charge_succeeded" or "late_payment_received" &&
                    !paid.Add(happened.Data.GetProperty("invoice").GetInt64()))
                    Interlocked.Increment(ref twice);
            }
        });
        return RunCheck.None($"invoices paid twice, in the events of {chosen.Count:N0} of {all.Count:N0} subscriptions", twice);
    }

    private async Task<IEnumerable<RunCheck>> CheckBookAsync(Uri provider, CancellationToken cancellationToken)
    {
        var charges = await SimulatorBook.ReadChargesAsync(provider, catalog.IdOf(0)[..^8], cancellationToken);
        return
        [
            RunCheck.None(
                "invoices charged twice according to the provider's book",
                charges.Count - charges.Select(key => key[..key.LastIndexOf(':')]).Distinct(StringComparer.Ordinal).LongCount()),
            RunCheck.Same(
                "charges in the provider's book and recurrences that subscriptions show as paid",
                charges.Count, all.Sum(subscription => (long)subscription.PaidRecurrences)),
        ];
    }
}
