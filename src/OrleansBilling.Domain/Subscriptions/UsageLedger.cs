using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// What the usage of a period costs, and what of it was billed. A reading belongs to the period, whatever changes within
/// it: a bill asks for the price of the reading now less what was billed before (see "Usage" in the domain's README). The
/// state keeps one amount a meter, and an open invoice what it bills for each, so that voiding it can give that back.
/// </summary>
internal static class UsageLedger
{
    /// <summary>The lines for all that was used in the period and not billed yet, at its end or at the subscription's.</summary>
    public static ImmutableArray<InvoiceLine> Bill(Subscription state, Offer offer)
    {
        if (state.Usage.IsEmpty) return [];
        var lines = ImmutableArray.CreateBuilder<InvoiceLine>(state.Usage.Length);
        foreach (var reading in state.Usage)
        {
            if (offer.FindMeter(reading.Meter) is { } meter) AddLine(lines, state, reading, meter, Owed(reading, meter));
            else if (reading.Returned > 0) lines.Add(Line(state, reading, reading.Meter, reading.Returned));
        }

        return lines.ToImmutable();
    }

    /// <summary>
    /// What a change within the period settles: the meters that it defines anew or takes away, by the old definition. A
    /// meter that comes back goes on with its reading. What voided invoices gave back waits for the period's bill.
    /// </summary>
    public static UsageSettlement Settle(Subscription state, Offer before, Offer after)
    {
        if (state.Usage.IsEmpty || IsSame(before.Meters, after.Meters)) return new UsageSettlement([], []);
        var lines = ImmutableArray.CreateBuilder<InvoiceLine>();
        var readings = ImmutableArray.CreateBuilder<MeterReading>();
        foreach (var reading in state.Usage)
        {
            var (was, becomes) = (before.FindMeter(reading.Meter), after.FindMeter(reading.Meter));
            if (was is null)
            {
                if (becomes is not null) readings.Add(Back(reading, becomes));
            }
            else if (becomes is null || !MeterDefinition.IsSame(was, becomes))
            {
                var owed = Math.Max(0, UsagePricing.Price(was, reading.Units) - reading.Billed);
                AddLine(lines, state, reading, was, owed);
                readings.Add(becomes is null
                    ? reading with { Billed = reading.Billed + owed, Definition = MeterDefinition.FingerprintOf(was) }
                    : reading with { Billed = UsagePricing.Price(becomes, reading.Units) });
            }
        }

        return new UsageSettlement(lines.ToImmutable(), readings.ToImmutable());
    }

    /// <summary>
    /// Why a change within the period is too much for its meters: what they read would cost too much, or the period
    /// would have too many of them.
    /// </summary>
    public static Refusal? RefuseChange(Subscription state, Offer before, Offer after)
    {
        if (state.Usage.IsEmpty || IsSame(before.Meters, after.Meters)) return null;
        var meters = after.Meters.Length;
        foreach (var reading in state.Usage)
        {
            if (after.FindMeter(reading.Meter) is not { } becomes) meters++;
            else if (
                UsagePricing.IsTooLarge(becomes, reading.Units) &&
                !(before.FindMeter(reading.Meter) is { } was && MeterDefinition.IsSame(was, becomes)))
                return Refusal.UsageCostsTooMuch with { Field = "offer_id" };
        }

        return meters > MeterReading.PerPeriodMax ? Refusal.TooManyMeters : null;
    }

    /// <summary>What an invoice bills for meters.</summary>
    public static ImmutableArray<BilledUsage> Of(IssuedInvoice invoice)
    {
        ImmutableArray<BilledUsage> usage = [];
        foreach (var line in invoice.Lines)
        {
            if (line is { Meter: { } meter, Amount: > 0 }) usage = usage.Add(new BilledUsage(meter, line.Amount));
        }

        return usage;
    }

    /// <summary>The readings once these lines of <see cref="Bill"/> were billed while the period goes on.</summary>
    public static ImmutableArray<MeterReading> Billed(ImmutableArray<MeterReading> usage, ImmutableArray<InvoiceLine> lines)
    {
        if (usage.IsEmpty) return usage;
        var billed = usage.ToBuilder();
        for (var n = 0; n < billed.Count; n++)
        {
            var reading = billed[n];
            billed[n] = reading with { Billed = reading.Billed - reading.Returned + AmountOf(reading.Meter, lines), Returned = 0 };
        }

        return billed.ToImmutable();
    }

    /// <summary>
    /// The state once what an open invoice bills for meters went back to the period that runs, for the invoice is
    /// voided; a part of it that was paid stays paid.
    /// </summary>
    public static Subscription Return(Subscription s, OpenInvoice invoice)
    {
        if (invoice.Usage.IsEmpty || invoice.Paid > 0) return s;
        var usage = s.Usage;
        foreach (var billed in invoice.Usage)
        {
            usage = Find(usage, billed.Meter) is { } reading
                ? usage.Replace(reading, reading with { Returned = checked(reading.Returned + billed.Amount) })
                : usage.Add(new MeterReading(billed.Meter, 0) { Returned = billed.Amount });
        }

        return s with { Usage = usage };
    }

    /// <summary>
    /// The readings of a period that a change to another interval ends and bills: with these the period goes on, should that
    /// change be voided, as after any other change within it.
    /// </summary>
    public static ImmutableArray<HeldReading> Hold(Subscription state, Offer before, Offer after)
    {
        if (state.Usage.IsEmpty) return [];
        var held = ImmutableArray.CreateBuilder<HeldReading>(state.Usage.Length);
        foreach (var reading in state.Usage)
        {
            var (was, becomes) = (before.FindMeter(reading.Meter), after.FindMeter(reading.Meter));
            var billed = was is null ? reading.Billed : reading.Billed - reading.Returned + Owed(reading, was);
            var next = (was, becomes) switch
            {
                (null, null) => reading with { Returned = 0 },
                (null, { } back) => Back(reading, back) with { Returned = 0 },
                (_, null) => reading with { Billed = billed, Returned = 0, Definition = MeterDefinition.FingerprintOf(was) },
                _ when MeterDefinition.IsSame(was, becomes) => reading with { Billed = billed, Returned = 0 },
                _ => reading with { Billed = UsagePricing.Price(becomes, reading.Units), Returned = 0 },
            };
            held.Add(new HeldReading(next, (becomes ?? was)?.Aggregation ?? MeterAggregation.Sum));
        }

        return held.ToImmutable();
    }

    /// <summary>
    /// The readings of a period that goes on, with what was used since. Who of unique keys came since is counted when it
    /// comes again: which keys those were stands in the journal only, and nobody may count twice.
    /// </summary>
    public static ImmutableArray<MeterReading> Restored(ImmutableArray<MeterReading> usage, ImmutableArray<HeldReading> held)
    {
        if (held.IsEmpty) return [];
        var readings = ImmutableArray.CreateBuilder<MeterReading>(held.Length);
        foreach (var (reading, aggregation) in held)
        {
            if (Find(usage, reading.Meter) is not { } since)
            {
                readings.Add(reading);
                continue;
            }

            var isNewer = since.LastAt >= (reading.LastAt ?? since.LastAt);
            readings.Add(reading with
            {
                Units = aggregation switch
                {
                    MeterAggregation.Sum => reading.Units + since.Units,
                    MeterAggregation.Max => Math.Max(reading.Units, since.Units),
                    MeterAggregation.Last => isNewer ? since.Units : reading.Units,
                    _ => reading.Units,
                },
                LastAt = isNewer ? since.LastAt : reading.LastAt,
                Billed = reading.Billed + since.Billed,
                Returned = reading.Returned + since.Returned,
            });
        }

        return readings.ToImmutable();
    }

    private static long Owed(MeterReading reading, Meter meter) =>
        Math.Max(0, UsagePricing.Price(meter, reading.Units) - reading.Billed + reading.Returned);

    /// <summary>
    /// Defined as it was when it went, a meter goes on as if it had stayed; otherwise what it reads is settled at the
    /// new price.
    /// </summary>
    private static MeterReading Back(MeterReading reading, Meter meter) => reading.Definition == MeterDefinition.FingerprintOf(meter)
        ? reading with { Definition = null }
        : reading with { Definition = null, Billed = UsagePricing.Price(meter, reading.Units) };

    /// <summary>A reading that costs nothing is shown; one of which all was billed before is not shown again.</summary>
    private static void AddLine(
        ImmutableArray<InvoiceLine>.Builder lines, Subscription state, MeterReading reading, Meter meter, long amount)
    {
        if (amount > 0 || reading.Billed == 0) lines.Add(Line(state, reading, meter.Name, amount));
    }

    private static InvoiceLine Line(Subscription state, MeterReading reading, string name, long amount) =>
        new(InvoiceLineType.Usage, amount,
            reading.Billed == 0 ? $"{name}: {reading.Units}" : $"{name}: {reading.Units}, billed in part before", state.CurrentPeriod)
        {
            Meter = reading.Meter,
        };

    /// <summary>0 where there is no line: what it read costs no more than was billed before.</summary>
    private static long AmountOf(string meter, ImmutableArray<InvoiceLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Meter == meter) return line.Amount;
        }

        return 0;
    }

    /// <summary>What a meter reads, or null where nothing was counted yet.</summary>
    public static MeterReading? Find(ImmutableArray<MeterReading> usage, string meter)
    {
        foreach (var reading in usage)
        {
            if (reading.Meter == meter) return reading;
        }

        return null;
    }

    /// <summary>Most changes are of quantities or add-ons: then the meters are the very same.</summary>
    private static bool IsSame(ImmutableArray<Meter> before, ImmutableArray<Meter> after) => before == after;
}

/// <summary>What a change within the period bills for meters, and from where those go on.</summary>
/// <param name="Lines">What is billed now.</param>
/// <param name="Readings">The readings that differ afterwards.</param>
internal readonly record struct UsageSettlement(ImmutableArray<InvoiceLine> Lines, ImmutableArray<MeterReading> Readings);
