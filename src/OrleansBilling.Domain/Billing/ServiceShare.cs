using System.Collections.Immutable;

namespace OrleansBilling.Domain.Billing;

/// <summary>
/// The part of an invoice that pays for the service of its own period: fee, add-ons, discounts and prorations. Usage does
/// not count. On a recurrence's invoice, lines carried over from the period before (extra or unused time) do not count either.
/// </summary>
public static class ServiceShare
{
    /// <summary>The service's part of the invoice in minor units, including added tax; negative for a credit.</summary>
    public static long Of(Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        return WithTax(invoice.Lines, Net(invoice));
    }

    /// <summary>The part of <see cref="Of"/> that did not go back yet. Refunds that name no line count against the service first.</summary>
    public static long Left(Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        var gone = 0L;
        foreach (var capture in invoice.Captures)
        {
            if (!capture.Late) gone += capture.Returned + capture.ChargedBack;
        }

        foreach (var back in invoice.LinesReturned)
        {
            if (!IsService(invoice, invoice.Lines[back.Line - 1])) gone -= back.Amount;
        }

        return Math.Max(0, Of(invoice) - gone);
    }

    /// <summary>What can still be refunded of one line, counted from 1; 0 for taxes, discounts and credits.</summary>
    public static long LeftOfLine(Invoice invoice, int line)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        var asked = invoice.Lines[line - 1];
        if (asked.Amount <= 0 || asked.Type is InvoiceLineType.Tax) return 0;
        var left = WithTax(invoice.Lines, asked.Amount);
        foreach (var back in invoice.LinesReturned)
        {
            if (back.Line == line) left -= back.Amount;
        }

        return IsService(invoice, asked) ? Math.Min(left, Left(invoice)) : left;
    }

    /// <summary>Whether a line pays for the service of the invoice's own period.</summary>
    public static bool IsService(Invoice invoice, InvoiceLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Type switch
        {
            InvoiceLineType.Recurrence or InvoiceLineType.Installment or InvoiceLineType.Addon or InvoiceLineType.Discount => true,
            InvoiceLineType.ProrationCharge or InvoiceLineType.ProrationCredit => !IsRecurrence(invoice),
            _ => false,
        };
    }

    /// <summary>What unused time of the period before paid for a recurrence, including tax; at most the recurrence's price.</summary>
    public static long CarriedInto(Invoice recurrence)
    {
        ArgumentNullException.ThrowIfNull(recurrence);
        if (!IsRecurrence(recurrence)) return 0;
        var unused = UnusedIn(recurrence.Lines);
        var service = Net(recurrence);

        // Where usage takes up what the prorations leave, the tax of the lines says nothing of the service's.
        if (recurrence.Carried is { } carried && service < unused && !IsPart(recurrence.Lines, unused - service))
            return Money.MultiplyDivide(carried, Math.Max(0, service), unused);
        var billed = WithTax(recurrence.Lines, unused);
        return (recurrence.Carried ?? billed) + Math.Min(0, Of(recurrence) - billed);
    }

    /// <summary>What lines take off for unused time, net of tax.</summary>
    internal static long UnusedIn(ImmutableArray<InvoiceLine> lines)
    {
        var net = 0L;
        foreach (var line in lines)
        {
            if (line.Type == InvoiceLineType.ProrationCredit) net -= line.Amount;
        }

        return net;
    }

    private static long Net(Invoice invoice)
    {
        var net = 0L;
        foreach (var line in invoice.Lines)
        {
            if (IsService(invoice, line)) net += line.Amount;
        }

        return net;
    }

    private static bool IsRecurrence(Invoice invoice)
    {
        foreach (var line in invoice.Lines)
        {
            if (line.Type is InvoiceLineType.Recurrence or InvoiceLineType.Installment) return true;
        }

        return false;
    }

    /// <summary>Adds the share of the taxes that were added to all lines.</summary>
    internal static long WithTax(ImmutableArray<InvoiceLine> lines, long net)
    {
        var (all, tax) = Billed(lines);
        if (tax == 0 || all == 0) return net;
        return net + Money.MultiplyDivide(tax, all < 0 ? -net : net, Math.Abs(all));
    }

    /// <summary>
    /// Whether an amount is not larger than what the lines sum up to. If it is, their rounded tax must not be scaled up to it: lines that
    /// nearly cancel have nearly no tax.
    /// </summary>
    internal static bool IsPart(ImmutableArray<InvoiceLine> lines, long net) => Math.Abs(net) <= Math.Abs(Billed(lines).All);

    private static (long All, long Tax) Billed(ImmutableArray<InvoiceLine> lines)
    {
        var all = 0L;
        var tax = 0L;
        foreach (var line in lines)
        {
            if (line.Type == InvoiceLineType.Tax) tax += line.Amount;
            else if (line.Type != InvoiceLineType.CreditApplied) all += line.Amount;
        }

        return (all, tax);
    }
}
