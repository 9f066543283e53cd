using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Folds events about periods, their invoices, plan changes and usage.</summary>
public static partial class SubscriptionEvolution
{
    private static Subscription StartRecurrence(Subscription s, SubscriptionEvent.RecurrenceStarted e)
    {
        var owed = e.Invoice.Total > 0;
        var started = s with
        {
            OrderVoided = false,
            CurrentPeriod = e.Period,
            Anchor = e.Anchor?.Local ?? s.Anchor,
            AnchorIndex = e.Anchor?.Index ?? s.AnchorIndex,
            TermStartIndex = e.NewTerm ? e.Period.Index : s.TermStartIndex,
            InvoiceCount = e.Invoice.Number,
            Credit = checked(s.Credit + e.Invoice.CreditChange),
            ServedFrom = null,
            ServedTo = null,
            RegularLength = null,
            LengthenedFrom = null,
            WaitingLines = [],
            ServiceValue = e.ServiceValue,
            ServiceMoney = e.ServiceMoney,
            ServiceInvoice = e.Invoice.Number,
            ServiceReturned = 0,
            AlertAt = e.AlertAt,
            AnnounceAt = null,
            Before = owed ? ChangeIn(s.Before, e.Invoice.Number, s.Discounts) : null,
            PaidRecurrences = s.PaidRecurrences + (e.PaidByCredit ? 1 : 0),
            Discounts = s.Discounts.IsEmpty ? s.Discounts : s.Discounts.RemoveAll(d => d.ToIndex < e.Period.Index),
            OpenInvoices = owed
                ? s.OpenInvoices.Add(
                    Owed(e.Invoice, e.Period, e.At, e.GiveUpAt, e.PartsFrom) with
                    {
                        Renewal = !e.NewTerm && e.Period.Index > s.TermStartIndex,
                    })
                : s.OpenInvoices,
        };
        if (e.UsageBilled) started = WithoutUsage(started);

        // A term whose first payment is awaited stays pending. Any other period runs at once.
        if (s.Status == SubscriptionStatus.Pending && owed) return started;
        return Running(started with { Status = SubscriptionStatus.Active, StartedAt = s.StartedAt ?? e.Period.Start });
    }

    private static Subscription Issue(Subscription s, SubscriptionEvent.InvoiceIssued e)
    {
        var issued = s with
        {
            InvoiceCount = e.Invoice.Number,
            WaitingLines = e.Reason == InvoiceReason.UnusedService ? s.WaitingLines : [],
            Credit = checked(s.Credit + e.Invoice.CreditChange),
            OpenInvoices = e.Invoice.Total > 0
                ? s.OpenInvoices.Add(Owed(e.Invoice, e.Period, e.At, e.GiveUpAt, null) with { Extra = true })
                : s.OpenInvoices,
        };
        if (e.ServedFrom is not null)
        {
            issued = issued with
            {
                Before = e.Invoice.Total > 0 ? ChangeIn(s.Before, e.Invoice.Number, []) : null,
                ServedFrom = e.ServedFrom, ServedTo = null, ServiceValue = e.ServiceValue, ServiceInvoice = e.Invoice.Number,
                ServiceMoney = e.ServiceMoney, ServiceReturned = 0,
            };
        }

        if (e.UsageBilled) issued = WithoutUsage(issued);
        else if (e.Reason == InvoiceReason.FinalUsage) issued = issued with { Usage = UsageLedger.Billed(issued.Usage, e.Invoice.Lines) };
        return issued.IsCurrent ? Running(issued) : issued;
    }

    private static OpenInvoice Owed(IssuedInvoice invoice, BillingPeriod period, Instant at, Instant? giveUpAt, LocalDateTime? partsFrom) =>
        new()
    {
        Number = invoice.Number,
        Period = period,
        Total = invoice.Total,
        Gross = invoice.Total + invoice.CreditApplied,
        Unused = invoice.Carried ?? UnusedIn(invoice),
        Tax = invoice.Tax,
        Usage = UsageLedger.Of(invoice),
        Parts = invoice.Parts,
        PartsFrom = partsFrom,
        NextAttemptAt = giveUpAt is null ? at : null,
        FirstAttemptAt = giveUpAt is null ? null : at,
        GiveUpAt = giveUpAt,
        Overdue = giveUpAt is not null,
    };

    private static long UnusedIn(IssuedInvoice invoice)
    {
        var credit = 0L;
        var net = 0L;
        foreach (var line in invoice.Lines)
        {
            if (line.Type is InvoiceLineType.Tax or InvoiceLineType.CreditApplied) continue;
            net += line.Amount;
            if (line.Type == InvoiceLineType.ProrationCredit) credit -= line.Amount;
        }

        return credit == 0 ? 0 : Money.MultiplyDivide(invoice.Total + invoice.CreditApplied, credit, net);
    }

    private static Subscription Reduce(Subscription s, SubscriptionEvent.InvoiceReduced e)
    {
        var invoice = s.FindOpenInvoice(e.Invoice)!;
        var total = invoice.Total - e.Amount;
        if (total > invoice.Paid) return WithInvoice(s, e.Invoice, i => i with
        {
            Total = total, Tax = i.Tax - e.Tax, Gross = i.Gross - e.Amount, Parts = 0, PartsPaid = 0, PartsFrom = null,
        });
        return s with { OpenInvoices = Without(s.OpenInvoices, e.Invoice), PaidRecurrences = s.PaidRecurrences + 1 };
    }

    private static Subscription ChangePlan(Subscription s, SubscriptionEvent.PlanChanged e)
    {
        var changed = WithoutTrialUsage(s) with
        {
            Before = e.Carried is { } carried ? PaidBefore(s, carried, e.At) : null,
            OrderVoided = false,
            OfferId = e.OfferId, OfferVersion = e.OfferVersion, Quantity = e.Quantity, AddOns = e.AddOns, ScheduledChange = null,
            AlertAt = e.AlertAt,
        };
        if (!e.Readings.IsEmpty) changed = changed with { Usage = Read(changed.Usage, e.Readings) };
        return e.UnusedWhenPaid == 0 ? changed : WithInvoice(changed, s.ServiceInvoice, i => i with { UnusedWhenPaid = e.UnusedWhenPaid });
    }

    private static Subscription MovePeriodEnd(Subscription s, SubscriptionEvent.PeriodEndMoved e)
    {
        var period = s.CurrentPeriod!;
        var moved = s with
        {
            CurrentPeriod = period with { End = e.End },
            RegularLength = s.RegularLength ?? period.End - period.Start,
            Anchor = e.Anchor?.Local ?? s.Anchor,
            AnchorIndex = e.Anchor?.Index ?? s.AnchorIndex,
            AlertAt = e.AlertAt,
        };
        return e.StoodStill is not { } stood ? moved : moved with
        {
            ServedFrom = (s.ServedFrom ?? period.Start) + stood,
            ServedTo = s.ServedTo + stood,
            LengthenedFrom = s.LengthenedFrom + stood,
            Before = s.Before is { } before && before.Period.Index == period.Index ? before with
            {
                From = before.From + stood, To = before.To + stood, Period = before.Period with { End = e.End },
                LengthenedFrom = before.LengthenedFrom + stood,
            } : s.Before,
            WaitingLines = s.WaitingLines.IsEmpty
                ? []
                : [.. s.WaitingLines.Select(line => line with { Period = Shifted(line.Period!, stood) })],
            OpenInvoices = MapInvoices(s.OpenInvoices, i => i.Overdue ? i : i with
            {
                NextAttemptAt = i.NextAttemptAt + stood, PartsFrom = i.PartsFrom?.PlusNanoseconds(stood.ToInt64Nanoseconds()),
            }),
        };
    }

    private static BillingPeriod Shifted(BillingPeriod period, Duration by) =>
        period with { Start = period.Start + by, End = period.End + by };

    private static Subscription WithoutUsage(Subscription s) =>
        s.Usage.IsEmpty ? s : s with { Usage = [], UsageWindow = Math.Max(s.UsageWindow, s.UsageWindowMax) + 1 };

    /// <summary>A trial includes its usage, so it is dropped and never billed later.</summary>
    private static Subscription WithoutTrialUsage(Subscription s) => s.Status == SubscriptionStatus.Trialing ? WithoutUsage(s) : s;

    /// <summary>
    /// Usage that a voided invoice billed goes back to the running period. After the end, only usage of that period does. Usage
    /// of earlier periods is no longer owed, like the rest of their invoices.
    /// </summary>
    private static Subscription Voided(Subscription s, int number, bool ended)
    {
        if (s.FindOpenInvoice(number) is not { } invoice) return s;
        var returns = !ended || (invoice.Extra && invoice.Period.Index == s.CurrentPeriod?.Index);
        return returns ? UsageLedger.Return(s, invoice) : s;
    }

    private static Subscription Voided(Subscription s, ImmutableArray<ClosedInvoice> closed)
    {
        foreach (var one in closed) s = Voided(s, one.Invoice, ended: true);
        return s;
    }

    private static ImmutableArray<MeterReading> Read(ImmutableArray<MeterReading> usage, ImmutableArray<MeterReading> readings)
    {
        var read = usage;
        foreach (var reading in readings)
        {
            var known = UsageLedger.Find(read, reading.Meter);
            read = known is null ? read.Add(reading) : read.Replace(known, reading);
        }

        return read;
    }

    private static ImmutableArray<string> Newest(ImmutableArray<string> ids, string id) =>
        (ids.Length < RetentionPolicy.OffersMax ? ids : ids.RemoveAt(0)).Add(id);
}
