using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Tests.Recomputation;

/// <summary>Recomputes all balances and documents from the events. They must equal what the database answers.</summary>
internal sealed class RecomputedLedger(BillingStorage storage, RandomMarket market)
{
    private const int AssignedAtOnce = 17;

    private readonly SortedDictionary<string, long> balances = new(StringComparer.Ordinal);
    private readonly Dictionary<(string SellerId, DocumentKind Kind), List<long>> series = [];

    public async Task CompareAsync()
    {
        balances.Clear();
        series.Clear();
        while (await storage.Documents.AssignAsync(AssignedAtOnce, CancellationToken.None) == AssignedAtOnce)
        {
            // The next page.
        }

        foreach (var id in RandomMarket.Ids) await CompareDocumentsAsync(id, await market.ReadHistoryAsync(id));
        Assert.Equal(balances, await ReadBalancesAsync());
        Assert.All(series.Values, given => Assert.Equal(Enumerable.Range(1, given.Count).Select(number => (long)number), given.Order()));
    }

    public void AssertToldEnough()
    {
        Assert.Contains(balances, balance => balance.Key.Contains(" platform ", StringComparison.Ordinal) && balance.Value > 0);
        Assert.Contains(balances, balance => balance.Key.Contains(" ann ", StringComparison.Ordinal));
        Assert.Contains(series, numbered => numbered.Key.Kind == DocumentKind.CreditNote);
    }

    private async Task CompareDocumentsAsync(string id, List<HistoryStep> history)
    {
        var issued = new HashSet<IssuedDocument>();
        foreach (var step in history)
        {
            var sellerId = step.Terms.Product.SellerId;
            foreach (var share in Postings.SharesOf(Postings.Of(step.Event)))
            {
                var key = $"{sellerId} {share.PartyId} {step.Terms.Offer.Currency}";
                balances[key] = balances.GetValueOrDefault(key) + share.Amount;
            }

            if (DocumentOf(step.Event, sellerId) is { } document) Assert.True(issued.Add(document));
        }

        var found = await storage.Documents.FindAsync(id, CancellationToken.None);
        Assert.Equal(issued, found.Keys.ToHashSet());
        foreach (var (document, number) in found)
        {
            if (!series.TryGetValue((document.SellerId, document.Kind), out var given))
                series.Add((document.SellerId, document.Kind), given = []);
            given.Add(number);
        }
    }

    private async Task<SortedDictionary<string, long>> ReadBalancesAsync()
    {
        var read = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in await storage.Balances.ReadAsync(null, null, null, 1_000, CancellationToken.None))
            read.Add($"{row.Key.SellerId} {row.Key.PartyId} {row.Key.Currency}", (long)row.Amount);
        return read;
    }

    private static IssuedDocument? DocumentOf(SubscriptionEvent e, string sellerId) => e switch
    {
        SubscriptionEvent.RecurrenceStarted x => new IssuedDocument(DocumentKind.Invoice, x.Invoice.Number, sellerId),
        SubscriptionEvent.InvoiceIssued x => new IssuedDocument(DocumentKind.Invoice, x.Invoice.Number, sellerId),
        SubscriptionEvent.RefundSucceeded x => new IssuedDocument(DocumentKind.CreditNote, x.CreditNote, sellerId),
        SubscriptionEvent.CreditGranted x => new IssuedDocument(DocumentKind.CreditNote, x.CreditNote, sellerId),
        _ => null,
    };
}
