namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>The invoices rebuilt from events agree with the state.</summary>
public static class InvoiceLaws
{
    public static void Hold(IReadOnlyList<Invoice> invoices, Subscription state, LawBook laws)
    {
        laws.Require(invoices.Count == state.InvoiceCount, "every invoice is in the book");
        laws.Require(
            invoices.Where(invoice => invoice.Status == InvoiceStatus.Open).Select(invoice => invoice.Number)
                .SequenceEqual(state.OpenInvoices.Select(invoice => invoice.Number)),
            "the book's open invoices are the state's");
        laws.Require(invoices.Sum(invoice => invoice.Paid - invoice.Refunded) == state.LifetimePaid, "paid less refunded is what was collected in all");
        foreach (var invoice in invoices) Hold(invoice, state, laws);
    }

    private static void Hold(Invoice invoice, Subscription state, LawBook laws)
    {
        laws.Require(invoice.Paid <= invoice.Total, "never more is paid than is due");
        laws.Require(invoice.Refunded <= invoice.Paid, "never more is given back than was paid");
        laws.Require(invoice.Status == InvoiceStatus.Paid == (invoice.Paid == invoice.Total), "paid means paid in full");
        laws.Require(invoice.Status == InvoiceStatus.Paid == invoice.PaidAt is not null, "what is paid has its instant");
        laws.Require(invoice.Attempts.Select(attempt => attempt.Number).SequenceEqual(Enumerable.Range(1, invoice.Attempts.Length)), "attempts are numbered from 1");

        var running = invoice.Attempts.Where(attempt => attempt.Outcome is AttemptOutcome.InFlight or AttemptOutcome.Unknown);
        laws.Require(running.Any() == (state.Charge?.Invoice == invoice.Number), "an attempt without outcome is the charge in flight");
        laws.Require(
            invoice.Attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Succeeded) == (invoice.Paid > 0 ? 1 : 0),
            "exactly one attempt collects");
        if (state.CurrentPeriod?.Index == invoice.Period.Index)
            laws.Require(invoice.Period == state.CurrentPeriod, "the book's last period is the state's");
    }
}
