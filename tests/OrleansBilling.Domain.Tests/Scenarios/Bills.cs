namespace OrleansBilling.Domain.Tests.Scenarios;

/// <summary>Invoices as text for tests: "ProrationCredit -2000, ProrationCharge 4000 = 2000".</summary>
public static class Bills
{
    public static string Bill(this Timeline life, int number) => Text(life.Invoice(number));

    /// <summary>The newest invoice.</summary>
    public static string LastBill(this Timeline life) => Text(life.Invoices[^1]);

    public static string Text(Invoice invoice) => Text(invoice.Lines, invoice.Total);

    public static string Text(IssuedInvoice invoice) => Text(invoice.Lines, invoice.Total);

    /// <summary>The first and last days of the invoices' periods: "01-31/02-29 02-29/03-31".</summary>
    public static string Periods(this Timeline life) =>
        string.Join(' ', life.Invoices.Select(invoice => $"{When.Day(invoice.Period.Start)[5..]}/{When.Day(invoice.Period.End)[5..]}"));

    private static string Text(IEnumerable<InvoiceLine> lines, long total) =>
        $"{string.Join(", ", lines.Select(line => $"{line.Type} {line.Amount}"))} = {total}";
}
