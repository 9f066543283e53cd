namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>
/// Readings equal what the period's events add up to, whatever changed within it. An id counts only once, forever. The price
/// of a period's usage does not depend on changes that keep its meters.
/// </summary>
public sealed class UsageLaws(Func<string, int, OfferTerms> catalog, LawBook laws)
{
    private readonly HashSet<string> ids = [];
    private Dictionary<string, MeterTape> tapes = [];
    private readonly UsageBooks books = new(laws);
    private OfferTerms terms = null!;
    private OfferTerms? before;
    private bool trialing;
    private bool ended;
    private (int Invoice, Dictionary<string, MeterTape> Tapes, object Accounts)? held;

    public void Read(SubscriptionEvent e)
    {
        switch (e)
        {
            case SubscriptionEvent.Subscribed x:
                terms = catalog(x.OfferId, x.OfferVersion);
                break;
            case SubscriptionEvent.TrialStarted:
                trialing = true;
                break;
            case SubscriptionEvent.PlanChanged x:
                before = terms;
                terms = catalog(x.OfferId, x.OfferVersion);
                foreach (var (meter, tape) in tapes) tape.CountsBy(terms.Offer.FindMeter(meter)?.Aggregation);
                if (trialing) Forget();
                break;
            case SubscriptionEvent.UsageRecorded x:
                foreach (var entry in x.Entries)
                {
                    laws.Require(ids.Add(entry.Id), "a usage event counts once");
                    if (!tapes.TryGetValue(entry.Meter, out var tape))
                        tapes[entry.Meter] = tape = new MeterTape(terms.Offer.FindMeter(entry.Meter)!.Aggregation);
                    tape.Add(entry, entry.At ?? x.At);
                }

                break;
            case SubscriptionEvent.RecurrenceStarted x:
                if (trialing) Forget();
                books.Bill(x.Invoice, (before ?? terms).Offer, Readings(before ?? terms));
                books.HoldPeriod((before ?? terms).Offer, Readings(before ?? terms));
                held = before is null ||
                    trialing ? null
                        : (x.Invoice.Number, tapes,
                            books.Hold(before.Offer, terms.Offer, tapes.ToDictionary(pair => pair.Key, pair => pair.Value.Units)));
                Forget();
                trialing = false;
                books.Owe(x.Invoice, x.Period.Index, extra: false);
                break;
            case SubscriptionEvent.ChangeVoided x:
                if (held?.Invoice == x.Closed.Invoice) GoOn();
                books.GiveBack(x.Closed.Invoice, ended: false);
                break;
            case SubscriptionEvent.Reactivated:
                ended = false;
                break;
            case SubscriptionEvent.InvoiceIssued { Reason: InvoiceReason.PlanChange } x:
                books.Settle(x.Invoice, before!.Offer, terms.Offer, Readings(before));
                books.Owe(x.Invoice, x.Period.Index, extra: true);
                before = null;
                break;
            case SubscriptionEvent.InvoiceIssued { Reason: InvoiceReason.FinalUsage } x:
                books.Bill(x.Invoice, (before ?? terms).Offer, Readings(before ?? terms));
                books.Owe(x.Invoice, x.Period.Index, extra: true);
                break;
            case SubscriptionEvent.ChargeSucceeded x:
                books.Keep(x.Invoice);
                break;
            case SubscriptionEvent.TermEnded:
                Forget();
                break;
            case SubscriptionEvent.InvoiceClosed { Status: InvoiceStatus.Void } x:
                books.GiveBack(x.Closed.Invoice, ended);
                break;
            case SubscriptionEvent.Paused when trialing:
                Forget();
                trialing = false;
                break;
            case SubscriptionEvent.Canceled x:
                if (x.Cancellation.Voluntary)
                {
                    foreach (var closed in x.Closed) books.GiveBack(closed.Invoice, ended: true);
                }

                ended = true;
                if (trialing) Forget();
                trialing = false;
                break;
            default:
                break;
        }
    }

    public void Hold(Subscription state)
    {
        laws.Require(
            tapes.Keys.Union(books.Returned).Order().SequenceEqual(state.Usage.Select(reading => reading.Meter).Order()),
            "whatever was used has a reading, and nothing else");
        foreach (var reading in state.Usage)
        {
            var units = tapes.TryGetValue(reading.Meter, out var tape) ? tape.Units : 0;
            laws.Require(reading.Units == units, $"meter {reading.Meter} reads {units}, what its events add up to");
            laws.Require(reading.Returned == books.ReturnedOf(reading.Meter), "what voided invoices gave back waits for the next bill");
            laws.Require(
                reading.Definition is null || terms.Offer.FindMeter(reading.Meter) is null, "only a meter that went keeps what it was");
        }
    }

    /// <summary>A change to another interval was voided: the period before continues, including usage since.</summary>
    private void GoOn()
    {
        var since = tapes;
        tapes = held!.Value.Tapes;
        books.GoOn(held.Value.Accounts);
        foreach (var (meter, tape) in since)
        {
            if (!tapes.TryGetValue(meter, out var before)) tapes[meter] = tape;
            else before.GoesOnWith(tape);
        }

        held = null;
    }

    /// <summary>The period, or a trial, is over. The period before a change is dropped with it.</summary>
    private void Forget()
    {
        tapes = [];
        books.Forget();
        before = null;
    }

    private Dictionary<string, long> Readings(OfferTerms offered) =>
        tapes.Where(pair => offered.Offer.FindMeter(pair.Key) is not null).ToDictionary(pair => pair.Key, pair => pair.Value.Units);
}
