using OrleansBilling.LoadTests.Http;

namespace OrleansBilling.LoadTests.Telco;

/// <summary>One product; one monthly plan per contract type; one offer per distinct price of a plan.</summary>
internal sealed class ReplayCatalog(BillingApi api, ReplayNames names)
{
    public const string Currency = "USD";
    private const int CallsMax = 16;

    /// <summary>Creates the catalog and returns the number of offers.</summary>
    public async Task<int> CreateAsync(IReadOnlyList<TelcoCustomer> customers, CancellationToken cancellationToken)
    {
        foreach (var contract in customers.Select(customer => customer.Contract).Distinct())
        {
            await api.PostAsync(
                "/v1/products", new { Id = names.Product(contract), SellerId = names.Seller, Name = contract }, cancellationToken);
            await api.PostAsync(
                "/v1/plans",
                new { Id = names.Plan(contract), ProductId = names.Product(contract), Name = $"{contract}, monthly",
                    Interval = new { Unit = "month", Count = 1 } },
                cancellationToken);
        }

        var offers = customers.Select(customer => (customer.Contract, customer.MonthlyCents)).Distinct().ToList();
        var bound = new ParallelOptions { MaxDegreeOfParallelism = CallsMax, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(offers, bound, async (offer, stop) => await api.PostAsync(
            "/v1/offers",
            new { Id = names.Offer(offer.Contract, offer.MonthlyCents), PlanId = names.Plan(offer.Contract), Amount = offer.MonthlyCents,
                Currency },
            stop));
        return offers.Count;
    }
}
