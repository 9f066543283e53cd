using System.Text.Json.Nodes;

namespace OrleansBilling.Crash.Tests;

/// <summary>Compares the provider's own book with our invoices: each is paid exactly once, none is missing, none invented.</summary>
internal static class Audit
{
    /// <summary>Checks every subscription and returns the number of paid invoices.</summary>
    public static async Task<int> BookAgainstInvoicesAsync(BillingClient theirs, BillingClient client, IEnumerable<string> subscriptions)
    {
        var book = (await theirs.ListAsync("/v1/charges", "items"))
            .Where(charge => charge["outcome"]!.GetValue<string>() == "succeeded")
            .ToDictionary(charge => charge["key"]!.GetValue<string>(), charge => charge["amount"]!.GetValue<long>());
        var ours = new Dictionary<string, long>();
        foreach (var id in subscriptions)
        {
            var invoices = await client.ListAsync($"/v1/subscriptions/{id}/invoices");
            Assert.Equal(Enumerable.Range(1, invoices.Count), invoices.Select(invoice => invoice["period"]!["index"]!.GetValue<int>()));
            foreach (var invoice in invoices)
            {
                foreach (var key in PaidAttempts(invoice)) ours.Add(key, invoice["total"]!.GetValue<long>());
            }
        }

        Assert.Equal(book.OrderBy(charge => charge.Key), ours.OrderBy(charge => charge.Key));
        return ours.Count;
    }

    private static List<string> PaidAttempts(JsonNode invoice)
    {
        var paid = invoice["attempts"]!.AsArray()
            .Where(attempt => attempt!["outcome"]!.GetValue<string>() == "succeeded")
            .Select(attempt => $"{invoice["id"]!.GetValue<string>()}:{attempt!["number"]!.GetValue<int>()}").ToList();
        Assert.Equal(invoice["status"]!.GetValue<string>() == "paid" ? 1 : 0, paid.Count);
        Assert.Equal(paid.Count == 1 ? invoice["total"]!.GetValue<long>() : 0, invoice["paid"]!.GetValue<long>());
        return paid;
    }
}
