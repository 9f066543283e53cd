namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>Meters read what the counted events add up to since usage was billed last; an id counts once for ever.</summary>
public sealed class UsageLaws(Func<string, int, OfferTerms> catalog, LawBook laws)
{
    private readonly HashSet<string> ids = [];
    private readonly List<(UsageEntry Entry, Instant At)> counted = [];
    private OfferTerms terms = null!;
    private bool trialing;

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
                terms = catalog(x.OfferId, x.OfferVersion);
                if (trialing) counted.Clear();
                break;
            case SubscriptionEvent.UsageRecorded x:
                foreach (var entry in x.Entries)
                {
                    laws.Require(ids.Add(entry.Id), "a usage event counts once");
                    counted.Add((entry, entry.At ?? x.At));
                }

                break;
            case SubscriptionEvent.RecurrenceStarted { UsageBilled: true } or SubscriptionEvent.InvoiceIssued { UsageBilled: true }:
                trialing = false;
                counted.Clear();
                break;
            case SubscriptionEvent.RecurrenceStarted:
                trialing = false;
                break;
            case SubscriptionEvent.Paused or SubscriptionEvent.Canceled when trialing:
                trialing = false;
                counted.Clear();
                break;
            default:
                break;
        }
    }

    public void Hold(Subscription state)
    {
        laws.Require(
            counted.Select(one => one.Entry.Meter).Distinct().Order().SequenceEqual(state.Usage.Select(reading => reading.Meter).Order()),
            "whatever was used has a reading, and nothing else");
        foreach (var reading in state.Usage)
        {
            var entries = counted.Where(one => one.Entry.Meter == reading.Meter).ToList();
            var units = terms.Offer.FindMeter(reading.Meter)!.Aggregation switch
            {
                MeterAggregation.Sum => entries.Sum(one => one.Entry.Quantity),
                MeterAggregation.Max => entries.Max(one => one.Entry.Quantity),
                MeterAggregation.Last => entries.Last(one => one.At == entries.Max(other => other.At)).Entry.Quantity,
                _ => entries.Select(one => one.Entry.Key).Distinct().Count(),
            };
            laws.Require(reading.Units == units, $"meter {reading.Meter} reads {units}, what its events add up to");
        }
    }
}
