using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Assigns a refund to the invoice lines that it names, else to the service first and then to other lines in order.</summary>
internal static class LineRefunds
{
    public static Refusal? Refuse(Invoice invoice, SubscriptionCommand.RefundInvoice command)
    {
        if (command.Lines.IsEmpty) return null;
        var sum = 0L;
        var service = 0L;
        var seen = new HashSet<int>();
        foreach (var named in command.Lines)
        {
            if (named.Line < 1 || named.Line > invoice.Lines.Length || !seen.Add(named.Line)) return Refusal.UnknownLine;
            if (named.Amount < 1 || named.Amount > ServiceShare.LeftOfLine(invoice, named.Line)) return Refusal.LineRefundTooLarge;
            sum += named.Amount;
            if (ServiceShare.IsService(invoice, invoice.Lines[named.Line - 1])) service += named.Amount;
        }

        if (service > ServiceShare.Left(invoice)) return Refusal.LineRefundTooLarge;
        return command.Amount is { } amount && amount != sum ? Refusal.LinesDoNotSum : null;
    }

    /// <summary>Sets for each return the lines it covers and how much of it the running service gives back.</summary>
    public static List<RefundRules.Return> Allocate(
        Draft draft, Invoice invoice, List<RefundRules.Return> returns, ImmutableArray<LineRefund> named)
    {
        var amount = returns.Sum(back => back.Amount);
        var parts = named.IsEmpty ? Unnamed(invoice, amount) : new Stack<LineRefund>(named.Reverse());
        var runs = invoice.Period.Index == draft.State.CurrentPeriod?.Index;
        var carried = runs ? 0 : ServiceReturns.OfCarried(draft, invoice, amount) ?? 0;
        for (var n = 0; n < returns.Count; n++)
        {
            var lines = Take(parts, returns[n].Amount);
            var other = lines.Sum(
                line => line.Line > 0 && !ServiceShare.IsService(invoice, invoice.Lines[line.Line - 1]) ? line.Amount : 0);
            var ofCarried = Math.Min(carried, returns[n].Amount);
            carried -= ofCarried;
            returns[n] = returns[n] with
            {
                Lines = [.. lines.Where(line => line.Line > 0)],
                OfService = runs ? (other > 0 ? returns[n].Amount - other : null) : ofCarried > 0 ? ofCarried : null,
            };
        }

        return returns;
    }

    /// <summary>The service, as one part without a line, then the other lines of the invoice.</summary>
    private static Stack<LineRefund> Unnamed(Invoice invoice, long amount)
    {
        var left = amount - Math.Min(amount, ServiceShare.Left(invoice));
        var others = new List<LineRefund>();
        for (var line = 1; line <= invoice.Lines.Length && left > 0; line++)
        {
            if (ServiceShare.IsService(invoice, invoice.Lines[line - 1])) continue;
            var part = Math.Min(left, ServiceShare.LeftOfLine(invoice, line));
            if (part <= 0) continue;
            others.Add(new LineRefund(line, part));
            left -= part;
        }

        var service = amount - others.Sum(other => other.Amount);
        others.Reverse();
        var parts = new Stack<LineRefund>(others);
        if (service > 0) parts.Push(new LineRefund(0, service));
        return parts;
    }

    /// <summary>Takes an amount from the front of the parts. The rest of a split part stays.</summary>
    private static List<LineRefund> Take(Stack<LineRefund> parts, long amount)
    {
        var taken = new List<LineRefund>();
        while (amount > 0 && parts.TryPop(out var next))
        {
            var part = Math.Min(amount, next.Amount);
            amount -= part;
            taken.Add(next with { Amount = part });
            if (part < next.Amount) parts.Push(next with { Amount = next.Amount - part });
        }

        return taken;
    }
}
