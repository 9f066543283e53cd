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

/// <summary>Holds what is stored against what was acknowledged and against the provider's own book.</summary>
internal static class LedgerAudit
{
    /// <summary>
    /// Each subscription can be read and its version is its number of events; it has the daily periods that are expected
    /// of it, each with one paid invoice; the provider collected just those.
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

    /// <summary>Each acknowledged change happened once, and no other.</summary>
    public static void CheckChanges(IReadOnlyDictionary<string, AuditedLife> audited, IReadOnlyDictionary<string, int> acknowledged) =>
        Assert.All(audited, life => Assert.Equal(acknowledged.GetValueOrDefault(life.Key), life.Value.Changes));
}

/// <summary>What a daily subscription is to have been billed for.</summary>
/// <param name="Start">When its first day started.</param>
/// <param name="Periods">How many days were billed.</param>
internal sealed record Life(Instant Start, int Periods)
{
    public IEnumerable<BillingPeriod> Days =>
        Enumerable.Range(1, Periods).Select(n => new BillingPeriod(n, Start + Duration.FromDays(n - 1), Start + Duration.FromDays(n)));
}

/// <summary>What an audit found besides.</summary>
/// <param name="Changes">How often the payment method was changed.</param>
/// <param name="Late">How long after its start it was first billed.</param>
internal sealed record AuditedLife(int Changes, Duration Late);
