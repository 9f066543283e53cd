namespace OrleansBilling.Domain.Billing;

/// <summary>
/// What of an invoice is for the service of its own period: fee, add-ons, discounts, prorations. Not usage, nor what a
/// recurrence's invoice carries from the period before: a stretch of a moved billing date, or unused time.
/// </summary>
public static class ServiceShare
{
    /// <summary>Minor units of the invoice that are for the service, with the tax that was added to it; negative on a credit.</summary>
    public static long Of(Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        var net = 0L;
        foreach (var line in invoice.Lines)
        {
            if (IsService(invoice, line)) net += line.Amount;
        }

        return WithTax(invoice, net);
    }

    /// <summary>What of <see cref="Of"/> has not gone back yet: what names no line goes back of the service first.</summary>
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

    /// <summary>What of one line, counted from 1, can still go back; 0 for a line that asks for nothing.</summary>
    public static long LeftOfLine(Invoice invoice, int line)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        var asked = invoice.Lines[line - 1];
        if (asked.Amount <= 0 || asked.Type is InvoiceLineType.Tax) return 0;
        var left = WithTax(invoice, asked.Amount);
        foreach (var back in invoice.LinesReturned)
        {
            if (back.Line == line) left -= back.Amount;
        }

        return IsService(invoice, asked) ? Math.Min(left, Left(invoice)) : left;
    }

    /// <summary>Whether a line is for the service of the invoice's own period.</summary>
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

    /// <summary>What unused time of the period before paid for a recurrence, with the tax on it; never more than it costs.</summary>
    public static long CarriedInto(Invoice recurrence)
    {
        ArgumentNullException.ThrowIfNull(recurrence);
        if (!IsRecurrence(recurrence)) return 0;
        var net = 0L;
        foreach (var line in recurrence.Lines)
        {
            if (line.Type == InvoiceLineType.ProrationCredit) net -= line.Amount;
        }

        return Math.Min(WithTax(recurrence, net), Of(recurrence));
    }

    private static bool IsRecurrence(Invoice invoice)
    {
        foreach (var line in invoice.Lines)
        {
            if (line.Type is InvoiceLineType.Recurrence or InvoiceLineType.Installment) return true;
        }

        return false;
    }

    /// <summary>With the share of the taxes that were added to all lines.</summary>
    private static long WithTax(Invoice invoice, long net)
    {
        var all = 0L;
        var tax = 0L;
        foreach (var line in invoice.Lines)
        {
            if (line.Type == InvoiceLineType.Tax) tax += line.Amount;
            else if (line.Type != InvoiceLineType.CreditApplied) all += line.Amount;
        }

        if (tax == 0 || all == 0) return net;
        return net + Money.MultiplyDivide(tax, all < 0 ? -net : net, Math.Abs(all));
    }
}
