using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Compares the stored data with what was acknowledged and with the provider's own book.</summary>
internal static class LedgerAudit
{
    /// <summary>
    /// Checks that each subscription is readable, that its version is its number of events, and that it has exactly the expected daily
    /// periods with one paid invoice each. Checks that the provider collected exactly those invoices.
    /// </summary>
    public static async Task<Dictionary<string, AuditedLife>> CheckAsync(
        string connectionString, IReadOnlyDictionary<string, Life> lives, Dictionary<string, long> book)
    {
        var options = new PostgresStorageOptions { ConnectionString = connectionString };
        await using var storage = await PostgresStorage.OpenAsync(
            options, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var reader = new SubscriptionReader(storage.Journal, new CatalogCache(storage.Catalog, TimeProvider.System));
        var collected = new Dictionary<string, long>();
        var audited = new Dictionary<string, AuditedLife>();
        foreach (var (id, life) in lives)
        {
            var history = await reader.ReadHistoryAsync(id, CancellationToken.None);
            var view = await reader.FindAsync(id, CancellationToken.None);
            Assert.Equal(Enumerable.Range(1, history.Count), history.Select(recorded => (int)recorded.Sequence));
            Assert.Equal(history.Count, view!.State.Version);

            var invoices = InvoiceBook.Fold(history.Select(recorded => recorded.Event));
            Assert.Equal(life.Days, invoices.Select(invoice => invoice.Period));
            foreach (var invoice in invoices)
            {
                Assert.Equal((InvoiceStatus.Paid, DailyOffer.Amount), (invoice.Status, invoice.Paid));
                collected.Add(PaymentKeys.Charge(id, invoice.Number, Assert.Single(invoice.Attempts).Number), invoice.Paid);
            }

            var changes = history.Count(recorded => recorded.Event is SubscriptionEvent.PaymentMethodChanged);
            audited.Add(id, new AuditedLife(changes, invoices[0].CreatedAt - life.Start));
        }

        Assert.Equal(
            book.OrderBy(charge => charge.Key, StringComparer.Ordinal),
            collected.OrderBy(charge => charge.Key, StringComparer.Ordinal));
        return audited;
    }

    /// <summary>Checks that each acknowledged change happened once, and no other change happened.</summary>
    public static void CheckChanges(IReadOnlyDictionary<string, AuditedLife> audited, IReadOnlyDictionary<string, int> acknowledged) =>
        Assert.All(audited, life => Assert.Equal(acknowledged.GetValueOrDefault(life.Key), life.Value.Changes));
}

/// <summary>What a daily subscription must have been billed for.</summary>
/// <param name="Start">The start of its first day.</param>
/// <param name="Periods">The number of days billed.</param>
internal sealed record Life(Instant Start, int Periods)
{
    public IEnumerable<BillingPeriod> Days =>
        Enumerable.Range(1, Periods).Select(n => new BillingPeriod(n, Start + Duration.FromDays(n - 1), Start + Duration.FromDays(n)));
}

/// <summary>Further results of an audit.</summary>
/// <param name="Changes">How often the payment method was changed.</param>
/// <param name="Late">The time from its start to its first billing.</param>
internal sealed record AuditedLife(int Changes, Duration Late);
