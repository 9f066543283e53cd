using OrleansBilling.LoadTests.Http;

namespace OrleansBilling.LoadTests.Telco;

/// <summary>Checks the invoices of a sample of customers, spread over the file: one per month of tenure, each paid in full.</summary>
internal sealed class InvoiceSample(BillingApi api, ReplayNames names)
{
    private const int CustomersMax = 25;

    public async Task<Check> CheckAsync(IReadOnlyList<TelcoCustomer> customers, CancellationToken cancellationToken)
    {
        var step = Math.Max(1, customers.Count / CustomersMax);
        var sample = customers.Where((_, n) => n % step == 0).ToList();
        var paid = 0L;
        foreach (var customer in sample)
        {
            await foreach (
                var invoice in api.ListAsync<InvoiceDocument>(
                    $"/v1/subscriptions/{names.Subscription(customer)}/invoices", cancellationToken))
            {
                if (invoice.Status == "paid" && invoice.Total == customer.MonthlyCents && invoice.Paid == customer.MonthlyCents) paid++;
            }
        }

        return Check.Count($"paid invoices of {sample.Count} customers", null, sample.Sum(customer => (long)customer.TenureMonths), paid);
    }
}
