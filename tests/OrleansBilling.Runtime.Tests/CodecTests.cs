using System.Collections.Immutable;
using System.Text;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Tests;

public sealed class CodecTests
{
    private static readonly Instant At = Instant.FromUtc(2024, 2, 29, 23, 59, 59) + Duration.FromMilliseconds(7);
    private static readonly BillingPeriod Period = new(3, At, At + Duration.FromDays(29));

    public static TheoryData<SubscriptionEvent> Events =>
    [
        new SubscriptionEvent.Subscribed
        {
            At = At, Id = "s1", OfferId = "o1", OfferVersion = 2, Customer = new Customer("c1", "a@example.com"), PaymentToken = "tok_ok", TrialDays = 7, StartAt = At,
            Metadata = ImmutableSortedDictionary<string, string>.Empty.Add("k", "v"),
        },
        new SubscriptionEvent.TrialStarted { At = At, Start = At, End = At + Duration.FromDays(7) },
        new SubscriptionEvent.TrialEndMoved { At = At, End = At },
        new SubscriptionEvent.RecurrenceStarted
        {
            At = At, Period = Period, Anchor = new BillingAnchor(new LocalDateTime(2024, 2, 29, 20, 59, 59, 7), 3),
            Invoice = new IssuedInvoice(4, [new InvoiceLine(InvoiceLineType.Recurrence, 100, "Recurrence"), new InvoiceLine(InvoiceLineType.Discount, -100, "Given")], 0),
            GiveUpAt = At, Postings = Postings.Issued(100),
        },
        new SubscriptionEvent.ChargeRequested { At = At, Invoice = 1, Attempt = 2, Amount = 100, Token = "t", ScheduledRetry = true, AskAt = At },
        new SubscriptionEvent.ChargeSucceeded { At = At, Invoice = 1, Attempt = 2, Amount = 100, Postings = Postings.Paid(100) },
        new SubscriptionEvent.ChargeDeclined { At = At, Invoice = 1, Attempt = 2, Code = "lost_card", Hard = true, NextAttemptAt = At, GiveUpAt = At },
        new SubscriptionEvent.PaymentUnknown { At = At, Kind = PaymentKind.Charge, Invoice = 1, Attempt = 1, Code = "timeout", AskAt = At },
        new SubscriptionEvent.PaymentAsked { At = At, Kind = PaymentKind.Refund, Invoice = 1, Attempt = 1, AskAt = At },
        new SubscriptionEvent.AttemptPostponed { At = At, Invoice = 1, NextAttemptAt = At },
        new SubscriptionEvent.DunningExhausted { At = At, Invoice = 1 },
        new SubscriptionEvent.BillingDateMoved { At = At, Anchor = new BillingAnchor(new LocalDateTime(2024, 2, 29, 0, 0), 3), PeriodEnd = At },
        new SubscriptionEvent.PaymentMethodChanged { At = At, Token = "t" },
        new SubscriptionEvent.CancellationScheduled { At = At, CancelAt = At, Cancellation = new Cancellation(CancellationOrigin.Customer, "price", "too dear") },
        new SubscriptionEvent.CancellationUndone { At = At },
        new SubscriptionEvent.Canceled { At = At, Cancellation = new Cancellation(CancellationOrigin.System, null, null), Closed = [new ClosedInvoice(1, 5)], Postings = Postings.WrittenOff(5) },
        new SubscriptionEvent.Expired { At = At, Closed = [new ClosedInvoice(1, 5)], Postings = Postings.WrittenOff(5) },
        new SubscriptionEvent.TermEnded { At = At },
        new SubscriptionEvent.Completed { At = At },
        new SubscriptionEvent.Paused { At = At, Reason = PauseReason.NoPaymentMethod },
        new SubscriptionEvent.Resumed { At = At },
        new SubscriptionEvent.Reactivated { At = At, ChargeNow = false },
        new SubscriptionEvent.InvoiceClosed { At = At, Closed = new ClosedInvoice(1, 5), Status = InvoiceStatus.Void, Postings = Postings.Voided(5) },
        new SubscriptionEvent.RefundRequested { At = At, Invoice = 1, Refund = 1, ChargeAttempt = 2, Amount = 3, Token = "t", AskAt = At },
        new SubscriptionEvent.RefundSucceeded { At = At, Invoice = 1, Refund = 1, Amount = 3, Postings = Postings.Refunded(3) },
        new SubscriptionEvent.RefundFailed { At = At, Invoice = 1, Refund = 1, Code = "no" },
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_read_as_it_was_written(SubscriptionEvent e)
    {
        var stored = SubscriptionCodec.Encode(e, 9);
        var read = SubscriptionCodec.Decode(stored);

        Assert.Equal(e.GetType(), read.GetType());
        Assert.Equal(At, read.At);
        Assert.Equal(Text(stored.Data), Text(SubscriptionCodec.Encode(read, 9).Data));
        Assert.DoesNotContain("\"at\"", Text(stored.Data), StringComparison.Ordinal);
        foreach (var property in e.GetType().GetProperties().Where(property => property.PropertyType.IsValueType && !property.PropertyType.IsGenericType))
            Assert.Equal(property.GetValue(e), property.GetValue(read));
    }

    [Fact]
    public void Every_type_of_event_is_covered()
    {
        var all = typeof(SubscriptionEvent).GetNestedTypes().Where(type => type.IsAssignableTo(typeof(SubscriptionEvent))).Select(type => type.Name).Order();
        Assert.Equal(all, ((IEnumerable<object[]>)Events).Select(row => row[0].GetType().Name).Order());
    }

    [Fact]
    public void A_snapshot_keeps_what_differs_from_a_fresh_one_and_defaults_that_are_not_zero()
    {
        var state = new Subscription
        {
            Id = "s1", Version = 12, Status = SubscriptionStatus.Pending, OfferId = "o1", OfferVersion = 1, Customer = new Customer("c1", null), CreatedAt = At, UpdatedAt = At,
            OpenInvoices = [new OpenInvoice { Number = 1, Period = Period, Total = 5, NextAttemptAt = At }],
        };
        var memory = CommandMemory.Empty.Add(new CommandMemory.Entry(ulong.MaxValue, 3, 12, At));

        var bytes = SubscriptionCodec.Encode(state, memory);
        var (read, remembered) = SubscriptionCodec.Decode(bytes);

        Assert.Equal(1, read.TermStartIndex);
        Assert.Empty(read.Declines);
        Assert.False(read.Declines.IsDefault);
        Assert.Equal(state.OpenInvoices.Single(), read.OpenInvoices.Single());
        Assert.Equal(memory.Entries.Single(), remembered.Entries.Single());
        Assert.Equal(Text(bytes), Text(SubscriptionCodec.Encode(read, remembered)));
        Assert.Contains("\"status\":\"pending\"", Text(bytes), StringComparison.Ordinal);
    }

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);
}
