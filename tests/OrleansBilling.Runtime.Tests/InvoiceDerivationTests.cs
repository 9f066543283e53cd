using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Lists;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Tests;

/// <summary>What the list says of invoices follows from a snapshot and its events alone.</summary>
public sealed class InvoiceDerivationTests
{
    private static readonly Instant At = Instant.FromUtc(2024, 1, 31, 10, 0);

    private static readonly OfferTerms Terms = new(
        new Product("p", "seller", "P", "UTC", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel),
        new Plan("l", "p", "L", new BillingInterval(IntervalUnit.Month, 1), 0, null, null), new Offer("o", 1, "l", 1_000, "BRL"));

    private static readonly SubscriptionEvent[] Life =
    [
        new SubscriptionEvent.Subscribed
        {
            At = At, Id = "s", OfferId = "o", OfferVersion = 1, Customer = new Customer("c", null), PaymentToken = "tok",
        },
        new SubscriptionEvent.RecurrenceStarted
        {
            At = At, Period = new BillingPeriod(1, At, At + Duration.FromDays(29)), NewTerm = true,
            Anchor = new BillingAnchor(new LocalDateTime(2024, 1, 31, 10, 0), 1),
            Invoice = new IssuedInvoice(1, [new InvoiceLine(InvoiceLineType.Recurrence, 1_000, "L")], 1_000),
        },
        new SubscriptionEvent.ChargeRequested { At = At, Invoice = 1, Attempt = 1, Amount = 1_000, Token = "tok", AskAt = At },
        new SubscriptionEvent.ChargeDeclined { At = At, Invoice = 1, Attempt = 1, Code = "insufficient_funds", Hard = false },
    ];

    [Fact]
    public void An_invoice_is_overdue_once_an_attempt_was_declined()
    {
        var asked = Assert.Single(Derive(3)!);
        Assert.Equal(new BilledInvoice("s", "seller", "c", "BRL", false, asked.Invoice), asked);
        Assert.Equal(AttemptOutcome.InFlight, Assert.Single(asked.Invoice.Attempts).Outcome);

        var declined = Assert.Single(Derive(4)!);
        Assert.True(declined.Overdue);
        Assert.Equal((InvoiceStatus.Open, AttemptOutcome.Declined), (declined.Invoice.Status, declined.Invoice.Attempts[0].Outcome));
    }

    [Fact]
    public void What_happened_after_the_snapshot_is_left_to_the_next_one()
    {
        var asked = Assert.Single(HistoryDerivation.TryAll(ViewAt(3), Events(4))!.Invoices);
        Assert.Equal((false, AttemptOutcome.InFlight), (asked.Overdue, asked.Invoice.Attempts[0].Outcome));
    }

    [Fact]
    public void A_history_that_ends_too_early_tells_nothing()
    {
        Assert.Null(HistoryDerivation.TryAll(ViewAt(4), Events(3)));
        Assert.Null(HistoryDerivation.TryAll(ViewAt(4), []));
        Assert.Empty(Derive(1)!);
    }

    [Fact]
    public void An_invoice_is_stored_without_loss()
    {
        foreach (var billed in Derive(2)!.Concat(Derive(4)!))
        {
            var stored = InvoiceCodec.Encode(billed.Invoice);
            Assert.Equal(stored, InvoiceCodec.Encode(InvoiceCodec.Decode(stored)));
        }

        Assert.Empty(InvoiceCodec.Decode(InvoiceCodec.Encode(Derive(2)![0].Invoice)).Attempts);
    }

    private static IReadOnlyList<BilledInvoice>? Derive(int version) =>
        HistoryDerivation.TryAll(ViewAt(version), Events(version))?.Invoices;

    private static List<StoredEvent> Events(int count) => [.. Life.Take(count).Select((e, n) => SubscriptionCodec.Encode(e, n + 1))];

    private static SubscriptionView ViewAt(int version) => new(SubscriptionEvolution.Fold(Life.Take(version))!, Terms);
}
