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
        laws.Require(
            invoices.Sum(invoice => invoice.Captures.Sum(capture => capture.Amount)) >= state.LifetimePaid,
            "what was paid in all was captured");
        foreach (var invoice in invoices) Hold(invoice, state, laws);
    }

    private static void Hold(Invoice invoice, Subscription state, LawBook laws)
    {
        laws.Require(invoice.Lines.Sum(line => line.Amount) == invoice.Total, "the lines sum to the total");
        laws.Require(invoice.Paid <= Math.Max(0, invoice.Total), "never more is paid than is due");
        laws.Require(invoice.Refunded <= invoice.Captures.Sum(capture => capture.Amount), "never more is given back than was collected");
        laws.Require(invoice.Captures.All(capture => capture.Returned <= capture.Amount), "a charge gives back at most what it collected");
        laws.Require(
            invoice.Captures.All(capture => capture.ChargedBack >= 0 && capture.LeftToBank >= 0), "a bank takes no more back than is left");
        laws.Require(invoice.Collected == invoice.Captures.Sum(capture => capture.Amount), "what came late was collected too");
        laws.Require(
            invoice.Status == InvoiceStatus.Paid == (invoice.Paid >= invoice.Total - invoice.Credited), "paid means paid in full");
        laws.Require(invoice.Status == InvoiceStatus.Paid == invoice.PaidAt is not null, "what is paid has its instant");
        laws.Require(
            invoice.Attempts.Select(attempt => attempt.Number).SequenceEqual(Enumerable.Range(1, invoice.Attempts.Length)),
            "attempts are numbered from 1");

        var running = invoice.Attempts.Where(attempt => attempt.Outcome is AttemptOutcome.InFlight or AttemptOutcome.Unknown);
        laws.Require(running.Any() == (state.Charge?.Invoice == invoice.Number), "an attempt without outcome is the charge in flight");
        laws.Require(
            invoice.Attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Succeeded).Sum(attempt => attempt.Amount) == invoice.Paid,
            "what is paid was collected by attempts that succeeded");
        laws.Require(
            invoice.Parts > 0 || invoice.Attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Succeeded) <= 1,
            "an invoice that is not paid in parts is collected once");
        if (state.ServiceInvoice == invoice.Number && state.ServedFrom is null)
            laws.Require(invoice.Period == state.CurrentPeriod, "the book's last period is the state's");
    }
}
