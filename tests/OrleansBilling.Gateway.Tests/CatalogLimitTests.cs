using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Limits of one seller's catalog.</summary>
public sealed class CatalogLimitTests
{
    private const string Product = """{"id":"p","seller_id":"acme","name":"n"}""";
    private const string Plan = """{"id":"l","product_id":"p","name":"n","interval":{"unit":"month","count":1}}""";
    private const string Offer = """{"id":"o","plan_id":"l","amount":1,"currency":"BRL"}""";
    private const string Coupon = """{"id":"c","seller_id":"acme","percent":1,"duration":"once"}""";

    [Theory]
    [InlineData("SellerProducts", "/v1/products", Product)]
    [InlineData("SellerPlans", "/v1/plans", Plan)]
    [InlineData("SellerOffers", "/v1/offers", Offer)]
    [InlineData("SellerOfferVersions", "/v1/offers", Offer)]
    [InlineData("SellerCoupons", "/v1/coupons", Coupon)]
    public async Task A_seller_that_has_all_that_it_may_have_is_told_so(string setting, string path, string one)
    {
        await using var gateway = await TestGateway.StartAsync($"--Billing:{setting}=1");
        foreach (var (kind, body) in new[] { ("products", Product), ("plans", Plan), ("offers", Offer), ("coupons", Coupon) })
            (await gateway.Admin.PostAsync($"/v1/{kind}", body, $"key-{kind}")).Expect(201);

        var more = one.Replace(one[..9], "{\"id\":\"x\"", StringComparison.Ordinal);
        Assert.Contains(
            $"Billing__{setting}", (await gateway.Admin.PostAsync(path, more)).ExpectProblem(409, "catalog_full").String("detail"),
            StringComparison.Ordinal);

        // At the limit, a taken id is still reported and a repeated request is still answered.
        Assert.EndsWith("_exists", (await gateway.Admin.PostAsync(path, one)).Expect(409).Code, StringComparison.Ordinal);
        Assert.True((await gateway.Admin.PostAsync(path, one, $"key-{path.Split('/')[2]}")).Expect(201).Replayed);

        // Another seller has its own limit.
        (await gateway.Admin.PostAsync("/v1/products", """{"id":"q","seller_id":"other","name":"n"}""")).Expect(201);
    }

    [Fact]
    public async Task New_versions_of_an_offer_count()
    {
        await using var gateway = await TestGateway.StartAsync("--Billing:SellerOfferVersions=2");
        await gateway.SellAsync();
        (await gateway.Admin.PutAsync("/v1/offers/gold_offer", """{"amount":1}""")).Expect(200);
        (await gateway.Admin.PutAsync("/v1/offers/gold_offer", """{"amount":2}""")).ExpectProblem(409, "catalog_full");
        Assert.Equal(2, (await gateway.Admin.GetAsync("/v1/offers/gold_offer")).Expect(200).Number("version"));
    }

    [Fact]
    public async Task A_document_that_is_too_large_is_refused_also_as_a_version()
    {
        await using var gateway = await TestGateway.StartAsync("--Billing:CatalogDocumentBytes=1000");
        await gateway.SellAsync();
        var addons = string.Join(
            ',', Enumerable.Range(0, 20).Select(n => $$"""{"id":"addon-{{n}}","name":"An add-on with a name","amount":1}"""));
        (await gateway.Admin.PostAsync("/v1/offers", $$"""{"plan_id":"gold_plan","amount":1,"currency":"BRL","addons":[{{addons}}]}"""))
            .ExpectProblem(422, "document_too_large");
        (await gateway.Admin.PutAsync("/v1/offers/gold_offer", $$"""{"amount":1,"addons":[{{addons}}]}"""))
            .ExpectProblem(422, "document_too_large");
        Assert.Equal(1, (await gateway.Admin.GetAsync("/v1/offers/gold_offer")).Expect(200).Number("version"));
    }
}
