using OrleansBilling.LoadTests.Http;

namespace OrleansBilling.LoadTests.Noisy;

/// <summary>The one offer that calm tenants sell.</summary>
internal static class MarketOffer
{
    public const string Id = "offer";

    public static async Task SellAsync(ApiClient api, CancellationToken cancellationToken)
    {
        await api.RequireAsync("/v1/products", """{"id":"product","seller_id":"seller","name":"p"}""", cancellationToken);
        await api.RequireAsync(
            "/v1/plans", """{"id":"plan","product_id":"product","name":"m","interval":{"unit":"month","count":1}}""", cancellationToken);
        await api.RequireAsync(
            "/v1/offers", $$"""{"id":"{{Id}}","plan_id":"plan","amount":2990,"currency":"BRL"}""", cancellationToken);
    }
}
