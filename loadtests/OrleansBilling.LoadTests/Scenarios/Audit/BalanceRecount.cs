using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.Scenarios.Audit;

/// <summary>Sums the postings of the whole journal by party to check balances, and the postings of each event to check for zero.</summary>
internal sealed class BalanceRecount
{
    private const int PageRows = 1_000;
    private readonly Dictionary<BalanceKey, Int128> sums = [];
    private int unbalanced;

    /// <summary>Starts with the sales that filled the database before the run.</summary>
    public BalanceRecount(SeedPlan plan)
    {
        foreach (var delta in plan.Balances()) Add(delta.Key, delta.Amount);
    }

    public void Add(in ReplayedEvent replayed)
    {
        var postings = Postings.Of(replayed.Event);
        var sum = Int128.Zero;
        foreach (var posting in postings)
        {
            sum += posting.Amount;
            if (posting.Party is { } party)
                Add(new BalanceKey(replayed.Terms.Product.SellerId, party, replayed.Terms.Offer.Currency), -posting.Amount);
        }

        if (sum != 0) unbalanced++;
    }

    public async Task<IReadOnlyList<RunCheck>> CompareAsync(IBalanceStore balances, CancellationToken cancellationToken)
    {
        var differing = 0;
        var left = sums.Where(sum => sum.Value != 0).ToDictionary();
        BalanceKey? after = null;
        while (await balances.ReadAsync(null, null, after, PageRows, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var row in page)
            {
                if (row.Amount != 0 && (!left.Remove(row.Key, out var expected) || expected != row.Amount)) differing++;
            }

            after = page[^1].Key;
        }

        return
        [
            RunCheck.None("events whose postings do not sum to zero", unbalanced),
            RunCheck.None($"balances that differ from the postings of the journal, of {sums.Count:N0}", differing + left.Count),
        ];
    }

    private void Add(BalanceKey key, long amount) => sums[key] = sums.GetValueOrDefault(key) + amount;
}
