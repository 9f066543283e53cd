using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Testing.Audit;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Checks the stored data against the laws, the acknowledged commands and the provider's own book.</summary>
internal static class LedgerAudit
{
    /// <summary>
    /// Checks that all laws hold and that exactly these subscriptions exist. Each must have its expected daily periods, with one
    /// paid invoice per period.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, AuditedLife>> CheckAsync(
        string connectionString, Instant now, IReadOnlyDictionary<string, Life> lives, Dictionary<string, long> book)
    {
        var audited = await DatabaseAudit.OfPostgresAsync(connectionString, now, book);
        Assert.Equal(lives.Keys.Order(StringComparer.Ordinal), audited.Keys.Order(StringComparer.Ordinal));
        foreach (var (id, life) in lives)
        {
            var invoices = audited[id].Invoices;
            Assert.Equal(life.Days, invoices.Select(invoice => invoice.Period));
            Assert.All(invoices, invoice => Assert.Equal((InvoiceStatus.Paid, DailyOffer.Amount), (invoice.Status, invoice.Paid)));
            Assert.All(invoices, invoice => Assert.Single(invoice.Attempts));
        }

        return audited;
    }

    /// <summary>Checks that each acknowledged change happened once, and no other change happened.</summary>
    public static void CheckChanges(IReadOnlyDictionary<string, AuditedLife> audited, IReadOnlyDictionary<string, int> acknowledged) =>
        Assert.All(audited, life => Assert.Equal(acknowledged.GetValueOrDefault(life.Key), ChangesOf(life.Value)));

    /// <summary>How often the payment method was changed.</summary>
    public static int ChangesOf(AuditedLife life) => life.Count<SubscriptionEvent.PaymentMethodChanged>();
}

/// <summary>What a daily subscription must have been billed for.</summary>
/// <param name="Start">The start of its first day.</param>
/// <param name="Periods">The number of days billed.</param>
internal sealed record Life(Instant Start, int Periods)
{
    public IEnumerable<BillingPeriod> Days =>
        Enumerable.Range(1, Periods).Select(n => new BillingPeriod(n, Start + Duration.FromDays(n - 1), Start + Duration.FromDays(n)));
}
