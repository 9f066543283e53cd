using OrleansBilling.Domain.Tests.Usage;

namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>What invoices bill for a period's meters, computed from their lines and exact prices, without the state.</summary>
internal sealed class UsageBooks(LawBook laws)
{
    private Dictionary<string, Account> accounts = [];
    private readonly Dictionary<int, (int Period, bool Extra, IReadOnlyList<InvoiceLine> Lines)> owed = [];
    private int period;

    public IEnumerable<string> Returned => accounts.Where(pair => pair.Value.Returned > 0).Select(pair => pair.Key);

    public long ReturnedOf(string meter) => accounts.TryGetValue(meter, out var account) ? account.Returned : 0;

    /// <summary>Checks that the invoice bills everything that was used and not billed.</summary>
    public void Bill(IssuedInvoice invoice, Offer offer, Dictionary<string, long> readings)
    {
        var expected = new Dictionary<string, long>();
        foreach (var meter in readings.Keys.Union(Returned).ToList())
        {
            var account = Of(meter);
            var price = offer.FindMeter(meter) is { } defined ? Price(defined, readings.GetValueOrDefault(meter)) - account.Settled : 0;
            expected[meter] = Math.Max(0, price + account.Returned);
            account.Settled += expected[meter] - account.Returned;
            account.Returned = 0;
        }

        Compare(invoice, expected);
    }

    /// <summary>Checks that the invoice bills only the meters that the change redefines or removes.</summary>
    public void Settle(IssuedInvoice invoice, Offer before, Offer after, Dictionary<string, long> readings)
    {
        var expected = new Dictionary<string, long>();
        foreach (var (meter, units) in readings)
        {
            var account = Of(meter);
            var was = before.FindMeter(meter)!;
            var becomes = after.FindMeter(meter);
            if (becomes is not null && Text(was) == Text(becomes)) continue;
            expected[meter] = Math.Max(0, Price(was, units) - account.Settled);
            account.Settled = becomes is null ? account.Settled + expected[meter] : Price(becomes, units);
            account.Gone = becomes is null ? Text(was) : null;
            if (becomes is not null) account.Redefine();
        }

        foreach (var (meter, account) in accounts)
        {
            if (account.Gone is not { } gone || after.FindMeter(meter) is not { } back) continue;
            if (gone != Text(back)) account.Comes(Price(back, account.Units));
            account.Gone = null;
        }

        foreach (var (meter, units) in readings) Of(meter).Units = units;
        Compare(invoice, expected);
    }

    /// <summary>
    /// At a period's end, a meter whose definition stayed was billed the price of its reading exactly once, whatever changed
    /// during the period.
    /// </summary>
    public void HoldPeriod(Offer offer, Dictionary<string, long> readings)
    {
        foreach (var (meter, units) in readings)
        {
            var account = Of(meter);
            if (!account.Redefined)
                laws.Require(
                    account.Billed == Math.Max(account.BilledBefore, Price(offer.FindMeter(meter)!, units)),
                    $"the usage of {meter} was billed at the price of its period");
        }
    }

    /// <summary>Stores an invoice that may be voided while it is unpaid.</summary>
    public void Owe(IssuedInvoice invoice, int index, bool extra)
    {
        period = index;
        if (invoice.Total > 0)
            owed[invoice.Number] = (index, extra, [.. invoice.Lines.Where(line => line is { Type: InvoiceLineType.Usage, Amount: > 0 })]);
    }

    /// <summary>Something was paid on it, so it can no longer be voided.</summary>
    public void Keep(int invoice) => owed.Remove(invoice);

    /// <summary>After the end, only usage that an extra invoice of the period billed goes back.</summary>
    public void GiveBack(int invoice, bool ended)
    {
        if (!owed.Remove(invoice, out var voided) || (ended && (!voided.Extra || voided.Period != period))) return;
        foreach (var line in voided.Lines)
        {
            var account = Of(line.Meter!);
            account.Returned += line.Amount;
            account.Billed -= line.Amount;
        }
    }

    public void Forget() => accounts = [];

    /// <summary>The accounts of a period that another interval ends, as they continue if that change is voided.</summary>
    public object Hold(Offer before, Offer after, Dictionary<string, long> readings)
    {
        foreach (var (meter, units) in readings)
        {
            var account = Of(meter);
            account.Units = units;
            if (before.FindMeter(meter) is not { } was) continue;
            if (after.FindMeter(meter) is not { } becomes) account.Gone = Text(was);
            else if (Text(was) != Text(becomes)) account.Comes(Price(becomes, units));
        }

        return accounts;
    }

    public void GoOn(object held)
    {
        var voided = accounts;
        accounts = (Dictionary<string, Account>)held;
        foreach (var (meter, account) in voided) accounts.TryAdd(meter, account);
    }

    private Account Of(string meter)
    {
        if (!accounts.TryGetValue(meter, out var account)) accounts[meter] = account = new Account();
        return account;
    }

    private void Compare(IssuedInvoice invoice, Dictionary<string, long> expected)
    {
        var lines = invoice.Lines.Where(line => line.Type == InvoiceLineType.Usage).ToList();
        laws.Require(lines.All(line => line.Meter is not null), "a line of usage names its meter");
        laws.Require(lines.Select(line => line.Meter).Distinct().Count() == lines.Count, "an invoice has one line a meter");
        laws.Require(lines.All(line => expected.ContainsKey(line.Meter!)), "only what was used is billed");
        foreach (var (meter, amount) in expected)
        {
            laws.Require(
                lines.Where(line => line.Meter == meter).Sum(line => line.Amount) == amount, $"{amount} of {meter} was not billed yet");
            var account = Of(meter);
            account.BilledBefore = account.Billed;
            account.Billed += amount;
        }
    }

    private static long Price(Meter meter, long units) => (long)ExactPrice.Of(meter, units);

    private static string Text(Meter meter) => $"{meter with { Name = "", Tiers = [] }} {string.Join(' ', meter.Tiers)}";

    private sealed class Account
    {
        public long Settled { get; set; }

        public long Returned { get; set; }

        public long Billed { get; set; }

        public long BilledBefore { get; set; }

        public long Units { get; set; }

        public string? Gone { get; set; }

        public bool Redefined { get; private set; }

        public void Redefine() => Redefined = true;

        public void Comes(long settled)
        {
            Settled = settled;
            Redefined = true;
        }
    }
}
