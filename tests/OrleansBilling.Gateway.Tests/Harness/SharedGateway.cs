namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>One gateway for all tests of a class that only checks refusals.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    internal TestGateway Gateway { get; private set; } = null!;

    internal ApiClient Seller { get; private set; } = null!;

    internal ApiClient OtherSeller { get; private set; } = null!;

    internal ApiClient Customer { get; private set; } = null!;

    internal ApiClient OtherCustomer { get; private set; } = null!;

    internal ApiClient Partner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gateway = await TestGateway.StartAsync("--Billing:Webhooks:AllowPrivate=true");
        await Gateway.SellAsync();
        await Gateway.SellAsync("trial", trialDays: 7);
        await Gateway.SellAsync("other", seller: "other");
        await Gateway.SellAsync("spare");
        Seller = await Gateway.AsSellerAsync("acme");
        OtherSeller = await Gateway.AsSellerAsync("other");
        Customer = await Gateway.AsCustomerAsync("alice");
        OtherCustomer = await Gateway.AsCustomerAsync("bob");
        Partner = await Gateway.AsPartnerAsync("zoe");
        foreach (var endpoint in new[] { "hook", "removed" })
        {
            (await Seller.PostAsync("/v1/webhook-endpoints", $$"""{"id":"{{endpoint}}","url":"http://127.0.0.1:9/hook","enabled":false}"""))
                .Expect(201);
        }

        await Gateway.SubscribeAsync("active");
        (await Gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("trialing", "trial_offer"))).Expect(201);
        await Gateway.SubscribeAsync("ended");
        (await Gateway.Admin.PostAsync("/v1/subscriptions/ended/cancel", """{"at":"now"}""")).Expect(200);
        await Gateway.SubscribeAsync("leaving");
        (await Gateway.Admin.PostAsync("/v1/subscriptions/leaving/cancel", """{"at":"period_end"}""")).Expect(200);
    }

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();
}
