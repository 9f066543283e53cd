using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Tests;

public sealed class CodecTests
{
    private static readonly Instant At = Instant.FromUtc(2024, 2, 29, 23, 59, 59) + Duration.FromMilliseconds(7);
    private static readonly BillingPeriod Period = new(3, At, At + Duration.FromDays(29));

    private static readonly ImmutableArray<AddOnQuantity> Bought = [new("storage", 2)];
    private static readonly ImmutableArray<PartyShare> Shares = [new("platform", 9), new("ana", 18)];

    private static readonly IssuedInvoice Issued = new(
        4, [new InvoiceLine(InvoiceLineType.Recurrence, 100, "Recurrence"),
            new InvoiceLine(InvoiceLineType.Usage, 30, "Calls: 9", Period) { Meter = "calls" },
            new InvoiceLine(InvoiceLineType.CreditApplied, -100, "Credit")], 30)
    {
        Taxes = [new InvoiceTax("VAT", null, 19_000, true, 84, 16)], Parts = 2, Carried = 0,
    };

    public static TheoryData<SubscriptionEvent> Events =>
    [
        new SubscriptionEvent.Subscribed
        {
            At = At, Id = "s1", OfferId = "o1", OfferVersion = 2, Customer = new Customer("c1", "a@example.com", "BR"), Quantity = 3,
            AddOns = Bought, AffiliateId = "bob", PaymentToken = "tok_ok", TrialDays = 7, StartAt = At,
            Metadata = ImmutableSortedDictionary<string, string>.Empty.Add("k", "v"),
        },
        new SubscriptionEvent.TrialStarted { At = At, Start = At, End = At + Duration.FromDays(7), AlertAt = At, AnnounceAt = At },
        new SubscriptionEvent.TrialEndMoved { At = At, End = At, AlertAt = At, AnnounceAt = At },
        new SubscriptionEvent.RecurrenceStarted
        {
            At = At, Period = Period, Anchor = new BillingAnchor(new LocalDateTime(2024, 2, 29, 20, 59, 59, 7), 3), Invoice = Issued,
            ServiceValue = 90, ServiceMoney = 108, UsageBilled = true, AlertAt = At,
            NewTerm = true, GiveUpAt = At, PartsFrom = new LocalDateTime(2024, 2, 29, 20, 59, 59, 7), Postings = Postings.Issued(Issued),
        },
        new SubscriptionEvent.InvoiceIssued
        {
            At = At, Reason = InvoiceReason.PlanChange, Period = Period, Invoice = Issued with { Total = -40 }, ServedFrom = At,
            ServiceValue = 7, ServiceMoney = 0, UsageBilled = true, GiveUpAt = At,
            Postings = Postings.Issued(Issued with { Total = -40 }),
        },
        new SubscriptionEvent.InvoiceReduced
        {
            At = At, Invoice = 2, Amount = 50, Tax = 5, Postings = Postings.Voided(new ClosedInvoice(2, 50, 0, 5)),
        },
        new SubscriptionEvent.PlanChanged
        {
            At = At, OfferId = "o2", OfferVersion = 3, Quantity = 1, AddOns = Bought, UnusedWhenPaid = 4,
            Carried = new CarriedService(3, new BillingInterval(IntervalUnit.Year, 2)) { Money = 4, Owed = 1 },
            Readings = [new MeterReading("calls", 9, At) { Billed = 70, Returned = 5, Definition = "0123456789abcdef" }],
        },
        new SubscriptionEvent.PlanChangeScheduled { At = At, Change = new ScheduledChange("o2", 3, 1, []) },
        new SubscriptionEvent.PlanChangeUndone { At = At },
        new SubscriptionEvent.PeriodEndMoved
        {
            At = At, End = At, Anchor = new BillingAnchor(new LocalDateTime(2024, 2, 29, 0, 0), 3),
            StoodStill = Duration.FromHours(49) + Duration.FromMilliseconds(7), AlertAt = At,
        },
        new SubscriptionEvent.BillingDateChanged
        {
            At = At, End = At, Anchor = new BillingAnchor(new LocalDateTime(2024, 2, 29, 0, 0), 3),
            Line = new InvoiceLine(InvoiceLineType.ProrationCharge, 5, "Longer period", Period),
            ServedTo = At, ServiceValue = 3, ServiceMoney = 4, AlertAt = At,
        },
        new SubscriptionEvent.PauseScheduled { At = At, Until = At },
        new SubscriptionEvent.PauseUndone { At = At },
        new SubscriptionEvent.DiscountGranted
        {
            At = At, Discount = new AppliedDiscount(DiscountSource.Coupon, "SPRING", new PriceReduction(12_500, null), 2, 4),
        },
        new SubscriptionEvent.UsageRecorded
        {
            At = At, Entries = [new UsageEntry("e1", "calls", 0, At, "k") { Outcome = UsageOutcome.KnownKey }],
            Doubles = [new UsageEntry("e2", "calls", 1, null, null) { Outcome = UsageOutcome.Double }],
            Readings = [new MeterReading("calls", 9, At)],
        },
        new SubscriptionEvent.RetentionAssigned { At = At, Assignment = new RetentionAssignment(0, null, "price") },
        new SubscriptionEvent.RetentionAccepted { At = At, Assignment = new RetentionAssignment(2, "half", null) },
        new SubscriptionEvent.TrialEndAnnounced { At = At, End = At },
        new SubscriptionEvent.RenewalAlerted { At = At, RenewsAt = At, Amount = 100, Total = 1200 },
        new SubscriptionEvent.VoucherIssued
        {
            At = At, Invoice = 1, Attempt = 2, Voucher = new PaymentVoucher(At, At, "voucher-s1:1:2"), AskAt = At,
        },
        new SubscriptionEvent.VoucherReminded { At = At, Invoice = 1, Attempt = 2, ExpiresAt = At },
        new SubscriptionEvent.LatePaymentReceived
        {
            At = At, Invoice = 1, Attempt = 2, Amount = 3, Token = "t", Postings = Postings.PaidLate(3),
        },
        new SubscriptionEvent.CreditGranted
        {
            At = At, Invoice = 1, ChargeAttempt = 2, CreditNote = 1, Amount = 30, Tax = 3, OfService = 0, Lines = [new LineRefund(2, 30)],
            Reason = "sorry", ReasonSequence = 3, Postings = Postings.Credited(30, 3, Shares),
        },
        new SubscriptionEvent.ChargedBack
        {
            At = At, Invoice = 1, Attempt = 2, Amount = 30, CreditTaken = 2, Period = 1, OfService = 20, ServiceInvoice = 1, Open = true,
            Reason = "fraud", ReasonSequence = 4, Postings = Postings.ChargedBack(30, Shares),
        },
        new SubscriptionEvent.ChargebackClosed
        {
            At = At, Invoice = 1, Attempt = 2, Won = true, Amount = 30, CreditReturned = 2, OfService = 20,
            Postings = Postings.ChargebackWon(30, Shares, 2),
        },
        new SubscriptionEvent.ChangeVoided
        {
            At = At, Closed = new ClosedInvoice(2, 50, 3, 5), Period = Period, UnusedWhenPaid = 7,
            Postings = Postings.Voided(new ClosedInvoice(2, 50, 3, 5)),
        },
        new SubscriptionEvent.VoucherWithdrawn { At = At, Invoice = 1, Attempt = 2 },
        new SubscriptionEvent.PauseEndMoved { At = At, Until = At },
        new SubscriptionEvent.ChargeRequested
        {
            At = At, Invoice = 1, Attempt = 2, Amount = 100, Token = "t", ScheduledRetry = true, AskAt = At,
        },
        new SubscriptionEvent.ChargeSucceeded
        {
            At = At, Invoice = 1, Attempt = 2, Amount = 100, NextPartAt = At, Postings = Postings.Paid(100, Shares),
        },
        new SubscriptionEvent.ChargeDeclined
        {
            At = At, Invoice = 1, Attempt = 2, Code = "lost_card", Hard = true, NextAttemptAt = At, GiveUpAt = At,
        },
        new SubscriptionEvent.PaymentUnknown { At = At, Kind = PaymentKind.Charge, Invoice = 1, Attempt = 1, Code = "timeout", AskAt = At },
        new SubscriptionEvent.PaymentAsked { At = At, Kind = PaymentKind.Refund, Invoice = 1, Attempt = 1, AskAt = At },
        new SubscriptionEvent.AttemptPostponed { At = At, Invoice = 1, NextAttemptAt = At },
        new SubscriptionEvent.DunningExhausted { At = At, Invoice = 1 },
        new SubscriptionEvent.BillingDateMoved
        {
            At = At, Anchor = new BillingAnchor(new LocalDateTime(2024, 2, 29, 0, 0), 3), PeriodEnd = At,
        },
        new SubscriptionEvent.PaymentMethodChanged { At = At, Token = "t" },
        new SubscriptionEvent.MetadataChanged
        {
            At = At, Metadata = ImmutableSortedDictionary<string, string>.Empty.Add("Key A", "v").Add("empty", ""),
        },
        new SubscriptionEvent.MessageSent { At = At, Message = "m1", From = MessageSender.Seller },
        new SubscriptionEvent.CancellationScheduled
        {
            At = At, CancelAt = At,
            Cancellation = new Cancellation(CancellationOrigin.Customer, "price", "too dear") { CommentSequence = 5 },
        },
        new SubscriptionEvent.CancellationUndone { At = At },
        new SubscriptionEvent.Canceled
        {
            At = At, Cancellation = new Cancellation(CancellationOrigin.System, null, null), Closed = [new ClosedInvoice(1, 5, 2, 1)],
            Postings = Postings.WrittenOff(new ClosedInvoice(1, 5, 2, 1)),
        },
        new SubscriptionEvent.Expired
        {
            At = At, Closed = [new ClosedInvoice(1, 5, 2, 1)], Postings = Postings.WrittenOff(new ClosedInvoice(1, 5, 2, 1)),
        },
        new SubscriptionEvent.TermEnded { At = At, UsageBilled = true },
        new SubscriptionEvent.Completed { At = At },
        new SubscriptionEvent.Paused { At = At, Reason = PauseReason.Requested, From = At, Until = At },
        new SubscriptionEvent.Resumed { At = At },
        new SubscriptionEvent.Reactivated { At = At, ChargeNow = false, GoesOn = true, AlertAt = At },
        new SubscriptionEvent.InvoiceClosed
        {
            At = At, Closed = new ClosedInvoice(1, 5), Status = InvoiceStatus.Void, Postings = Postings.Voided(new ClosedInvoice(1, 5)),
        },
        new SubscriptionEvent.RefundRequested
        {
            At = At, Invoice = 1, Refund = 1, ChargeAttempt = 2, Amount = 3, Token = "t", Tax = 1, Shares = Shares, Period = 3,
            OfService = 2, Lines = [new LineRefund(2, 1)], Reason = "sorry", ReasonSequence = 6, AskAt = At,
        },
        new SubscriptionEvent.RefundSucceeded
        {
            At = At, Invoice = 1, Refund = 1, CreditNote = 4, Amount = 30, Postings = Postings.Refunded(30, 3, Shares),
        },
        new SubscriptionEvent.RefundFailed { At = At, Invoice = 1, Refund = 1, ChargeAttempt = 2, Amount = 3, Code = "no" },
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
        Assert.False(JsonDocument.Parse(stored.Data).RootElement.TryGetProperty("at", out _), "an event's time has a column of its own");
        Assert.Equivalent(e, read, strict: true);
    }

    [Fact]
    public void An_event_that_only_a_newer_process_knows_is_refused_and_not_passed_over() =>
        Assert.Throws<KeyNotFoundException>(() => SubscriptionCodec.Decode(new StoredEvent(9, At, "teleported", "{}"u8.ToArray())));

    [Fact]
    public void Every_type_of_event_is_covered()
    {
        var all = typeof(SubscriptionEvent).GetNestedTypes().Where(type => type.IsAssignableTo(typeof(SubscriptionEvent)))
            .Select(type => type.Name).Order();
        Assert.Equal(all, Events.Select(row => row.Data.GetType().Name).Order());
    }

    [Fact]
    public void A_snapshot_keeps_what_differs_from_a_fresh_one_and_defaults_that_are_not_zero()
    {
        var state = new Subscription
        {
            Id = "s1", Version = 12, Status = SubscriptionStatus.Pending, OfferId = "o1", OfferVersion = 1,
            Customer = new Customer("c1", null), CreatedAt = At, UpdatedAt = At,
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

    [Fact]
    public void A_snapshot_keeps_everything_that_a_subscription_may_have()
    {
        var state = new Subscription
        {
            Id = "s1", Version = 12, Status = SubscriptionStatus.Active, OfferId = "o1", OfferVersion = 1,
            Customer = new Customer("c1", null, "DE"), CreatedAt = At, UpdatedAt = At,
            Quantity = 4, AddOns = Bought, AffiliateId = "bob", ScheduledChange = new ScheduledChange("o2", 3, 2, []),
            PauseScheduled = new ScheduledPause(null),
            CurrentPeriod = Period, ServedFrom = At, ServedTo = At, ServiceValue = 3, ServiceMoney = 4, ServiceInvoice = 1,
            RegularLength = Duration.FromDays(31), Anchor = new LocalDateTime(2024, 1, 31, 1, 2, 3),
            WaitingLines = [new InvoiceLine(InvoiceLineType.ProrationCredit, -3, "Shorter period", Period)], AlertAt = At,
            Discounts = [new AppliedDiscount(DiscountSource.Gift, "", PriceReduction.Everything, 4, null)], LoyaltyRewards = 1,
            Usage = [
                new MeterReading("calls", 9) { Billed = 70, Returned = 5 },
                new MeterReading("disk", 1, At) { Definition = "0123456789abcdef" }], UsageWindow = 2, MessageCount = 3,
                    Retention = new RetentionAssignment(1, "half", "price"), CreditNoteCount = 1, Credit = 5,
            EndedPaid = true,
            Before = new PaidService
            {
                Value = 3, Money = 4, From = At, To = At, Invoice = 1, Owed = 2, Returned = 1, ChangeInvoice = 4,
                Interval = new BillingInterval(IntervalUnit.Year, 2), Period = Period,
                Anchor = new LocalDateTime(2024, 1, 31, 1, 2, 3), AnchorIndex = 2, TermStartIndex = 2,
                RegularLength = Duration.FromDays(31), LengthenedFrom = At,
                WaitingLines = [new InvoiceLine(InvoiceLineType.ProrationCharge, 3, "Longer period", Period)],
                Discounts = [new AppliedDiscount(DiscountSource.Gift, "", PriceReduction.Everything, 4, null)],
            },
            OpenInvoices = [
                new OpenInvoice
                {
                    Number = 1, Period = Period, Total = 5, Gross = 7, Tax = 1, Parts = 2, PartsPaid = 1, Paid = 2,
                    PartsFrom = new LocalDateTime(2024, 1, 31, 1, 2, 3), Extra = true, UnusedWhenPaid = 1,
                    Usage = [new BilledUsage("calls", 70)],
                }],
            Refunds = [
                new PaymentInFlight
                {
                    Kind = PaymentKind.Refund, Invoice = 1, Attempt = 1, ChargeAttempt = 1, Amount = 2, Token = "t", Tax = 1,
                    Shares = Shares, RequestedAt = At, AskAt = At,
                }],
            Charge = new PaymentInFlight
            {
                Kind = PaymentKind.Charge, Invoice = 1, Attempt = 2, Amount = 3, Token = "t", RequestedAt = At, AskAt = At,
                Voucher = new PaymentVoucher(At, null, "r"),
            },
        };

        var (read, _) = SubscriptionCodec.Decode(SubscriptionCodec.Encode(state, CommandMemory.Empty));

        Assert.Equivalent(state, read, strict: true);
    }

    /// <summary>Nothing is known then. That is not the same as no money, which is written.</summary>
    [Fact]
    public void A_snapshot_from_before_the_money_behind_the_service_was_counted_has_none()
    {
        var (old, _) = SubscriptionCodec.Decode(
            """{"state":{"id":"s1","status":"active","offer_id":"o1","offer_version":1,"customer":{"id":"c1"},"service_value":9}}"""u8
                .ToArray());
        var (counted, _) = SubscriptionCodec.Decode(SubscriptionCodec.Encode(old with { ServiceMoney = 0 }, CommandMemory.Empty));

        Assert.Equal((9L, null, 0L), (old.ServiceValue, old.ServiceMoney, counted.ServiceMoney));
    }

    /// <summary>
    /// A cancellation that closed two invoices wrote each account twice. An ordinary JSON
    /// reader would lose one of the two.
    /// </summary>
    [Theory]
    [InlineData("canceled")]
    [InlineData("expired")]
    public void Postings_that_an_older_version_named_twice_are_read_as_their_sum(string type)
    {
        var data =
            """{"cancellation":{"origin":"system"},"closed":[],"postings":{"bad_debt":10,"receivable":-10,"bad_debt":5,"receivable":-5""" +
            ""","payable":{"ana":-3},"distribution":3,"payable":{"ana":-1,"bob":1}}}""";
        var stored = new StoredEvent(9, At, type, Encoding.UTF8.GetBytes(data));

        var unique = SubscriptionCodec.AsWrittenToday(stored);

        Assert.Equal(
            [
                new Posting(Account.BadDebt, 15), new Posting(Account.Receivable, -15), new Posting(Account.Distribution, 3),
                new Posting(Account.Payable, -4, "ana"), new Posting(Account.Payable, 1, "bob"),
            ],
            Postings.Of(SubscriptionCodec.Decode(stored)).AsEnumerable());
        using var strict = JsonDocument.Parse(unique.Data, new JsonDocumentOptions { AllowDuplicateProperties = false });
        Assert.Equal(15, strict.RootElement.GetProperty("postings").GetProperty("bad_debt").GetInt64());
        Assert.ThrowsAny<JsonException>(
            () => JsonDocument.Parse(stored.Data, new JsonDocumentOptions { AllowDuplicateProperties = false }));
    }

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);
}
