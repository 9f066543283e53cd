using NodaTime;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Cases;
using OrleansBilling.LoadTests.Scenarios.Load;
using OrleansBilling.LoadTests.Scenarios.Systems;
using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Remote;

/// <summary>
/// Creates through the API what COPY creates on our own server: catalog and subscriptions. Subscriptions that fall due during
/// the run are sold with a start at that instant.
/// </summary>
internal sealed class RemoteSetup(GatewayWay way, LoadCatalog catalog, IReadOnlyList<SeedPart> parts, SeedTimes times)
{
    private const int CallsMax = 8;
    private const int CallersMax = 512;
    private static readonly TimeSpan FillingMax = TimeSpan.FromHours(1);
    private static readonly TimeSpan PayingMax = TimeSpan.FromMinutes(10);

    public async Task RunAsync(AcknowledgedVersions acknowledged, CancellationToken cancellationToken)
    {
        await MakeCatalogAsync(cancellationToken);
        await SellAsync(acknowledged, cancellationToken);
        await using var due = new ApiDueWatch(way, catalog.Sellers, waitsForStart: false);
        if (!await due.WaitUntilDoneAsync(PayingMax, cancellationToken))
            throw new LoadTestException("The first payments of the stored subscriptions did not finish.");
    }

    private async Task MakeCatalogAsync(CancellationToken cancellationToken)
    {
        Screen.Line($"creating {catalog.Offers.Count:N0} products");
        var bound = new ParallelOptions { MaxDegreeOfParallelism = CallsMax, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(catalog.Offers, bound, async (terms, stop) =>
        {
            var (product, plan, offer) = (terms.Product, terms.Plan, terms.Offer);
            await way.Api.PostAsync("/v1/products", new { product.Id, product.SellerId, product.Name }, stop);
            await way.Api.PostAsync(
                "/v1/plans",
                new { plan.Id, plan.ProductId, plan.Name, Interval = new { Unit = "day", Count = SeedTimes.PeriodDays } }, stop);
            await way.Api.PostAsync("/v1/offers", new { offer.Id, offer.PlanId, offer.Amount, offer.Currency }, stop);
        });
    }

    private async Task SellAsync(AcknowledgedVersions acknowledged, CancellationToken cancellationToken)
    {
        var sales = new Sales(catalog, parts, times);
        var meter = new Meter();
        meter.MeasureFrom(0);
        await using var target = await way.OpenTargetAsync(asLines: true, cancellationToken);
        using var session = new LoadSession(target, sales, acknowledged, meter);
        var selling = session.RunClosedAsync(CallersMax, FillingMax, cancellationToken);
        await Screen.ProgressAsync("selling", sales.Count, async done =>
        {
            while (!selling.IsCompleted)
            {
                await Task.WhenAny(selling, Task.Delay(TimeSpan.FromSeconds(1), cancellationToken));
                done((int)meter.Done);
            }

            await selling;
        });
        if (meter.Done != sales.Count)
            throw new LoadTestException(
                $"{sales.Count - meter.Done:N0} of {sales.Count:N0} subscriptions could not be sold " +
                $"({string.Join(", ", meter.Codes.Select(code => $"{code.Key} {code.Value}"))}). " +
                "If start_at was in the past, give a later --start-at.");
    }

    /// <summary>One sale for each subscription of each part.</summary>
    private sealed class Sales : IWorkload
    {
        private readonly List<(int Until, int Product, string Token, Instant? StartAt)> parts = [];

        public Sales(LoadCatalog catalog, IEnumerable<SeedPart> parts, SeedTimes times)
        {
            var products = catalog.Offers.Index().ToDictionary(offer => offer.Item.Offer.Id, offer => offer.Index, StringComparer.Ordinal);
            foreach (var part in parts)
            {
                Count += part.Count;
                this.parts.Add((Count, products[part.Terms.Offer.Id], part.Token, times.DueOf(part)));
            }
        }

        public int Count { get; }

        public LoadCommand? Next(long number)
        {
            if (number >= Count) return null;
            var (low, high) = (0, parts.Count - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (number < parts[middle].Until) high = middle;
                else low = middle + 1;
            }

            var (_, product, token, startAt) = parts[low];
            return new LoadCommand(LoadKind.Subscribe, (int)number, product, token, startAt);
        }
    }
}
