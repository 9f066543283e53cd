using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

internal sealed class ProductRoutes(CatalogCache catalog, CallersCatalog own, CatalogCreation creation, Ids ids) : IRouteGroup
{
    private const string Tag = "Catalog";

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/products", Roles.SellerOrAdministrator, GatewayJson.Default.ProductBody, CreateAsync)
            .Named("products_create").Answers(201, typeof(ProductDocument)).Describe(Tag, "Creates a product");
        api.Get("/v1/products/{id}", Roles.SellerOrAdministrator, GetAsync)
            .Named("products_get").Answers(200, typeof(ProductDocument)).Describe(Tag, "Shows a product");
    }

    private async ValueTask<IResult> CreateAsync(ApiCall call, ProductBody body)
    {
        if (Validate(body) is { } error) return Answers.Problem(error);
        if (call.Caller.Role == Role.Seller && call.Caller.Id != body.SellerId)
            return Answers.Problem(ApiErrors.Forbidden with { Detail = "A seller can only create its own products." });

        var product = new Product(
            body.Id ?? ids.New("prod_", call.Tenant, call.Key),
            body.SellerId,
            body.Name,
            body.TimeZone ?? "UTC",
            DunningRequest.ToPolicy(body.Dunning),
            body.TrialWithoutPaymentMethod ?? TrialWithoutPaymentMethod.Cancel)
        {
            Tax = TaxRequest.ToPolicy(body.Tax),
            Loyalty = RewardRequest.ToReward(body.Loyalty),
            Retention = RewardRequest.ToPolicy(body.Retention),
            Voucher = VoucherRequest.ToTerms(body.Voucher),
            OnChargeback = body.OnChargeback ?? ChargebackAction.Cancel,
        };
        if (await RefuseRetentionAsync(call, product) is { } foreign) return Answers.Problem(foreign);
        return await creation.CreateAsync(
            call, CatalogKind.Product, body.SellerId, body.Id, product.Id, product, catalog.AddAsync, token =>
                catalog.FindProductAsync(product.Id, token),
            ProductDocument.From, GatewayJson.Default.ProductDocument);
    }

    /// <summary>
    /// A retention offer may name a cheaper offer of this product. That offer can only be created after the product, so an
    /// offer that already exists belongs to another product, perhaps another seller's. If another product gets an offer of
    /// that name later, retention does not offer it to anyone.
    /// </summary>
    private async ValueTask<ApiError?> RefuseRetentionAsync(ApiCall call, Product product)
    {
        for (var n = 0; n < (product.Retention?.Offers.Length ?? 0); n++)
        {
            if (product.Retention!.Offers[n].OfferId is not { } offerId) continue;
            var terms = await catalog.FindNewestTermsAsync(offerId, call.Aborted);
            if (terms is not null && terms.Product.Id != product.Id)
                return ApiErrors.From(
                    Refusal.OtherProduct with { Detail = "The offer must be of this product.", Field = $"retention.offers[{n}].offer_id" });
        }

        return null;
    }

    private async ValueTask<IResult> GetAsync(ApiCall call) =>
        await own.FindProductAsync(call, call.Id) is { } product
            ? Answers.Json(StatusCodes.Status200OK, ProductDocument.From(product), GatewayJson.Default.ProductDocument)
            : Answers.Problem(ApiErrors.NotFound("product"));

    private static ApiError? Validate(ProductBody body)
    {
        var check = new Check();
        check.Id(body.Id, "id");
        check.Id(body.SellerId, "seller_id");
        check.Text(body.Name, "name", FieldLimits.NameCharactersMax);
        if (body.TimeZone is { } zone && !DateTimeZoneProviders.Tzdb.Ids.Contains(zone))
            check.Fail(
                new ApiError(422, "unknown_time_zone", "time_zone must be an IANA time zone such as America/Sao_Paulo.", "time_zone"));
        DunningRequest.Check(ref check, body.Dunning);
        TaxRequest.Check(ref check, body.Tax);
        RewardRequest.Check(ref check, body.Loyalty);
        RewardRequest.Check(ref check, body.Retention);
        VoucherRequest.Check(ref check, body.Voucher);
        return check.Error;
    }
}
