using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Client.Tests;

/// <summary>A server that sells gold for 29.90 BRL a month, and a client of it.</summary>
public sealed class Store : IAsyncLifetime
{
    internal TestGateway Gateway { get; private set; } = null!;

    internal BillingClient Billing { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gateway = await TestGateway.StartAsync();
        Billing = new BillingClient(Gateway.Address, TestGateway.AdminKey);
        var product = await Billing.Products.CreateAsync(new() { Id = "gold", SellerId = "acme", Name = "Gold" });
        var plan = await Billing.Plans.CreateAsync(new()
        {
            Id = "gold_monthly", ProductId = product.Id, Name = "Monthly", Interval = new() { Unit = IntervalUnit.Month, Count = 1 },
        });
        await Billing.Offers.CreateAsync(new() { Id = "gold_offer", PlanId = plan.Id, Amount = 2990, Currency = "BRL" });
    }

    public async ValueTask DisposeAsync()
    {
        Billing.Dispose();
        await Gateway.DisposeAsync();
    }

    /// <summary>A subscription of gold.</summary>
    internal static SubscribeBody Order(string id, string token = "tok_ok") => new()
    {
        Id = id,
        OfferId = "gold_offer",
        Customer = new() { Id = "alice", Email = "alice@example.com" },
        PaymentMethod = new() { Token = token },
    };
}
