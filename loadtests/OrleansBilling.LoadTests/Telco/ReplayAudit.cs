using System.Globalization;
using OrleansBilling.LoadTests.Http;

namespace OrleansBilling.LoadTests.Telco;

/// <summary>Reads the results of the replay from the gateway twice: from its statistics and from each subscription.</summary>
internal sealed class ReplayAudit(BillingApi api, ReplayCalendar calendar, ReplayNames names, IReadOnlyList<TelcoCustomer> customers)
{
    private const string Percent = "0.00 '%'";

    /// <summary>Checks every figure. <paramref name="published"/> says whether the published totals apply to this file.</summary>
    public async Task<IReadOnlyList<Check>> RunAsync(bool published, CancellationToken cancellationToken)
    {
        var expected = ReplayTotals.Of(customers);
        var checks = new List<Check>();
        await CheckStatisticsAsync(expected, published, checks, cancellationToken);
        await CheckSubscriptionsAsync(expected, published, checks, cancellationToken);
        checks.Add(await new InvoiceSample(api, names).CheckAsync(customers, cancellationToken));
        return checks;
    }

    private async Task CheckStatisticsAsync(ReplayTotals expected, bool published, List<Check> checks, CancellationToken cancellationToken)
    {
        var all = await api.GetAsync<CancellationsDocument>($"/v1/statistics/cancellations?{Range}", cancellationToken);
        var origins = await api.GetAsync<OriginsDocument>($"/v1/statistics/cancellations/origins?{Range}", cancellationToken);
        var summary = await api.GetAsync<SummaryDocument>($"/v1/statistics/summary?{Range}", cancellationToken);
        var counts = summary.Counts;
        var current = counts.Active + counts.PastDue;

        checks.Add(
            Check.Money(
                "collected", Only(PublishedTotals.Collected), expected.CollectedCents,
                summary.Collected.Sum(money => money.Currency == ReplayCatalog.Currency ? money.Amount : 0)));
        checks.Add(
            Check.Count(
                "recurrences paid", published ? PublishedTotals.PaidRecurrences : null, expected.PaidRecurrences, summary.PaidRecurrences));
        checks.Add(Check.Count("canceled", Only(PublishedTotals.Canceled), expected.Canceled, all.Canceled));
        checks.Add(Check.Count("… by customers", null, expected.Canceled, origins.Data.Sum(month => month.Customer)));
        foreach (var (contract, canceled) in expected.CanceledByContract)
        {
            var figures = await api.GetAsync<CancellationsDocument>(
                $"/v1/statistics/cancellations?{Range}&product_id={names.Product(contract)}", cancellationToken);
            checks.Add(
                Check.Count(
                    $"… {contract}", published ? PublishedTotals.CanceledByContract[contract] : null, canceled, figures.Canceled));
        }

        checks.Add(
            Check.Ratio(
                "… of all ever subscribed", Only(PublishedTotals.CanceledOfAll), 100 * expected.CanceledOfAll,
                Percentage(all.Canceled, counts.Canceled + current + counts.Pending), Percent));
        checks.Add(
            Check.Ratio(
                "… of current, waiting ones counted", Only(PublishedTotals.RateWithWaiting), 100 * expected.RateWithWaiting,
                Percentage(all.Canceled, current + counts.Pending), Percent));
        checks.Add(Check.Ratio("rate (of subscribers)", null, 100 * expected.Rate, 100 * (all.Rate ?? 0), Percent));
        checks.Add(
            Check.Ratio(
                "mean lifetime of canceled, months", Only(PublishedTotals.MeanLifetimeMonths), expected.MeanLifetimeMonths,
                all.AveragePaidRecurrences ?? 0, "0.000"));
        checks.Add(Check.Ratio("mean lifetime of canceled, days", null, MeanLifetimeDays(), all.LtDays ?? 0, "0.000000"));
        checks.Add(Check.Money("mean collected from canceled", null, RoundedMean(expected.CanceledCents, expected.Canceled), all.Ltv ?? 0));
        checks.Add(Check.Count("active at the end", null, expected.Staying, counts.Active));
        checks.Add(Check.Count("waiting to start", Only(PublishedTotals.Waiting), expected.Waiting, counts.Pending));

        string? Only(string figure) => published ? figure : null;
    }

    private async Task CheckSubscriptionsAsync(
        ReplayTotals expected, bool published, List<Check> checks, CancellationToken cancellationToken)
    {
        var bySubscription = customers.ToDictionary(names.Subscription);
        var (listed, recurrences, cents, odd) = (0L, 0L, 0L, new List<string>());
        await foreach (
            var subscription in api.ListAsync<SubscriptionDocument>($"/v1/subscriptions?seller_id={names.Seller}", cancellationToken))
        {
            listed++;
            recurrences += subscription.PaidRecurrences;
            cents += subscription.LifetimePaid;
            if (!bySubscription.Remove(subscription.Id, out var customer) || !IsAsItShouldBe(subscription, customer))
                odd.Add(subscription.Id);
        }

        odd.AddRange(bySubscription.Keys);
        checks.Add(Check.Count("subscriptions listed", published ? PublishedTotals.Subscriptions : null, expected.Subscriptions, listed));
        checks.Add(
            Check.Count(
                "recurrences paid, by subscription", published ? PublishedTotals.PaidRecurrences : null, expected.PaidRecurrences,
                recurrences));
        checks.Add(Check.Money("collected, by subscription", published ? PublishedTotals.Collected : null, expected.CollectedCents, cents));
        checks.Add(
            new Check(
                "subscriptions that differ from their customer", null, "none",
                odd.Count == 0 ? "none" : $"{odd.Count}: {string.Join(", ", odd.Take(3))}"));
    }

    private bool IsAsItShouldBe(SubscriptionDocument subscription, TelcoCustomer customer)
    {
        if (subscription.PaidRecurrences != customer.TenureMonths || subscription.LifetimePaid != customer.PaidCents) return false;
        if (subscription.Amount != customer.MonthlyCents || subscription.Currency != ReplayCatalog.Currency) return false;
        if (subscription.ProductId != names.Product(customer.Contract)) return false;
        if (!customer.Leaves) return subscription.Status == (customer.Waiting ? "pending" : "active") && subscription.Cancellation is null;
        return subscription is { Status: "canceled", Cancellation: { Origin: "customer", Voluntary: true } } &&
            subscription.CanceledAt == calendar.EndOf(customer).ToDateTimeOffset();
    }

    private string Range => string.Create(
        CultureInfo.InvariantCulture,
        $"from={calendar.Start.InUtc().Date:uuuu-MM-dd}&to={calendar.End.InUtc().Date:uuuu-MM-dd}&seller_id={names.Seller}");

    private double MeanLifetimeDays() => customers.Where(customer => customer.Leaves)
        .Select(customer => (calendar.EndOf(customer) - calendar.StartOf(customer)).TotalDays).DefaultIfEmpty().Average();

    private static double Percentage(long part, long whole) => whole == 0 ? 0 : 100d * part / whole;

    private static long RoundedMean(long sum, long count) =>
        count == 0 ? 0 : (long)Math.Round((decimal)sum / count, MidpointRounding.AwayFromZero);
}
