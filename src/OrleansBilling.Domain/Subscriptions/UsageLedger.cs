using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// What the usage of a period costs and how much of it was billed. A reading belongs to its period, whatever changes within
/// it. A bill asks for the price of the reading now, minus what was billed before (see "Usage" in the domain's README). The
/// state keeps one billed amount per meter, and an open invoice keeps what it bills per meter, so that voiding can return it.
/// </summary>
internal static class UsageLedger
{
    /// <summary>The lines for all unbilled usage of the period, at the end of the period or of the subscription.</summary>
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
    /// Settles meters that a change within the period redefines or removes, by their old definition. A meter that comes back
    /// continues from its reading. Amounts returned by voided invoices wait for the period's bill.
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
    /// Refuses a change within the period if a meter's usage would cost too much, or if the period would have too many meters.
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

    /// <summary>The amounts that an invoice bills for meters.</summary>
    public static ImmutableArray<BilledUsage> Of(IssuedInvoice invoice)
    {
        ImmutableArray<BilledUsage> usage = [];
        foreach (var line in invoice.Lines)
        {
            if (line is { Meter: { } meter, Amount: > 0 }) usage = usage.Add(new BilledUsage(meter, line.Amount));
        }

        return usage;
    }

    /// <summary>The readings after these lines of <see cref="Bill"/> were billed in a period that continues.</summary>
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
    /// The state after a voided invoice returned its billed usage to the running period. An invoice that was partly paid returns
    /// nothing.
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
    /// The readings of a period that a change to another interval ends and bills. If that change is voided, the period continues
    /// with them, as after any change within it.
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
    /// The readings of a period that continues, including usage since. Unique keys that came since are not added but count when
    /// they come again: only the journal knows them, and no key may count twice.
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
    /// A meter that comes back. With its old definition it continues as if it had stayed. Otherwise its reading counts as settled
    /// at the new price.
    /// </summary>
    private static MeterReading Back(MeterReading reading, Meter meter) => reading.Definition == MeterDefinition.FingerprintOf(meter)
        ? reading with { Definition = null }
        : reading with { Definition = null, Billed = UsagePricing.Price(meter, reading.Units) };

    /// <summary>A reading that costs nothing gets a line; a reading that was billed before and owes nothing more does not.</summary>
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

    /// <summary>0 if there is no line, because the reading costs no more than was billed before.</summary>
    private static long AmountOf(string meter, ImmutableArray<InvoiceLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Meter == meter) return line.Amount;
        }

        return 0;
    }

    /// <summary>The reading of a meter; null if nothing was counted yet.</summary>
    public static MeterReading? Find(ImmutableArray<MeterReading> usage, string meter)
    {
        foreach (var reading in usage)
        {
            if (reading.Meter == meter) return reading;
        }

        return null;
    }

    /// <summary>Most changes are of quantity or add-ons and keep the very same list of meters.</summary>
    private static bool IsSame(ImmutableArray<Meter> before, ImmutableArray<Meter> after) => before == after;
}

/// <summary>The effect of a change within the period on meters.</summary>
/// <param name="Lines">The lines billed now.</param>
/// <param name="Readings">The readings that the change modifies.</param>
internal readonly record struct UsageSettlement(ImmutableArray<InvoiceLine> Lines, ImmutableArray<MeterReading> Readings);
