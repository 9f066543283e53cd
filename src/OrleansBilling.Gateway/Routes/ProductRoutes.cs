using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

internal sealed class ProductRoutes : IRouteGroup
{
    private const string Tag = "Catalog";

    private readonly CatalogCache catalog;
    private readonly ICatalogShelf shelf;
    private readonly CallersShelf callers;
    private readonly CatalogCreation creation;
    private readonly CatalogEdits edits;
    private readonly Ids ids;
    private readonly Editable<Product, ProductDocument> kind;

    public ProductRoutes(
        CatalogCache catalog, ICatalogShelf shelf, CallersCatalog own, CallersShelf callers, CatalogCreation creation, CatalogEdits edits,
        Ids ids)
    {
        (this.catalog, this.shelf, this.callers, this.creation, this.edits, this.ids) = (catalog, shelf, callers, creation, edits, ids);
        kind = new(
            CatalogKind.Product,
            async call => await own.FindProductAsync(call, call.Id) is null ? null : await shelf.FindProductAsync(call.Id, call.Aborted),
            shelf.ReplaceAsync,
            static (_, product) => new(ProductDocument.From(product)),
            GatewayJson.Default.ProductDocument);
    }

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/products", Roles.SellerOrAdministrator, GatewayJson.Default.ProductBody, CreateAsync)
            .Named("products_create").Answers(201, typeof(ProductDocument)).Describe(Tag, "Creates a product");
        api.Get("/v1/products", Roles.Everyone, ListAsync, CatalogLists.OfSellers)
            .Named("products_list").Answers(200, typeof(ProductPage))
            .Describe(
                Tag, "Lists products, ordered by id",
                "What is archived is listed for its seller and for administrators. Others do not see loyalty and retention.");
        api.Get("/v1/products/{id}", Roles.Everyone, GetAsync)
            .Named("products_get").Answers(200, typeof(ProductDocument)).Describe(Tag, "Shows a product");
        api.Patch("/v1/products/{id}", Roles.SellerOrAdministrator, GatewayJson.Default.ProductPatchBody, PatchAsync)
            .Named("products_update").Answers(200, typeof(ProductDocument))
            .Describe(Tag, "Changes a product; changes bind what comes later");
        api.Post(
                "/v1/products/{id}/archive", Roles.SellerOrAdministrator, GatewayJson.Default.EmptyBody,
                (call, _) => edits.ArchiveAsync(call, kind, archived: true), SubscriptionCommandRoutes.Nothing)
            .Named("products_archive").Answers(200, typeof(ProductDocument))
            .Describe(Tag, "Hides a product from new sales; running subscriptions go on");
        api.Post(
                "/v1/products/{id}/unarchive", Roles.SellerOrAdministrator, GatewayJson.Default.EmptyBody,
                (call, _) => edits.ArchiveAsync(call, kind, archived: false), SubscriptionCommandRoutes.Nothing)
            .Named("products_unarchive").Answers(200, typeof(ProductDocument)).Describe(Tag, "Puts an archived product on sale again");
    }

    private async ValueTask<IResult> CreateAsync(ApiCall call, ProductBody body)
    {
        if (ProductRequest.Validate(body) is { } error) return Answers.Problem(error);
        if (call.Caller.Role == Role.Seller && call.Caller.Id != body.SellerId)
            return Answers.Problem(ApiErrors.ForbiddenTo("A seller can only create its own products.", "seller_id"));

        var product = ProductRequest.ToProduct(body, body.Id ?? ids.New("prod_", call.Tenant, call.Key));
        if (await RefuseRetentionAsync(call, product) is { } foreign) return Answers.Problem(foreign);
        return await creation.CreateAsync(
            call, CatalogKind.Product, body.SellerId, body.Id, product.Id, product, catalog.AddAsync,
            token => shelf.FindProductAsync(product.Id, token), ProductDocument.From, GatewayJson.Default.ProductDocument);
    }

    /// <summary>
    /// A retention offer may name a cheaper offer of this product. When the product is created, that offer does not exist yet, so one
    /// that exists belongs to another product, perhaps another seller's. If another product gets an offer of that name later, retention
    /// does not offer it to anyone.
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

    private ValueTask<IResult> PatchAsync(ApiCall call, ProductPatchBody body) => edits.PatchAsync(
        call, kind, GatewayJson.Default.ProductBody, ["seller_id", "time_zone", "tax"], static _ => { },
        async (before, patched) =>
        {
            if (ProductRequest.Validate(patched) is { } error) return (null, error);
            var product = ProductRequest.ToProduct(patched, before.Id) with { Tax = before.Tax };
            return await RefuseRetentionAsync(call, product) is { } foreign ? (null, foreign) : (product, null);
        });

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var filter = CatalogLists.ReadSold(call);
        var (page, next, error) = await CatalogLists.PageAsync(call, filter, shelf.ListProductsAsync, static product => product.Id);
        return error is not null
            ? Answers.Problem(error)
            : Answers.Json(
                StatusCodes.Status200OK, new ProductPage([.. page.Select(product => Show(call, product))], next),
                GatewayJson.Default.ProductPage);
    }

    private async ValueTask<IResult> GetAsync(ApiCall call) =>
        await callers.FindProductAsync(call) is { } product
            ? Answers.Json(
                StatusCodes.Status200OK, Show(call, product), GatewayJson.Default.ProductDocument, version: product.Revision)
            : Answers.Problem(ApiErrors.NotFound("product"));

    private static ProductDocument Show(ApiCall call, Shelved<Product> product) =>
        CallersShelf.Owns(call, product.Entry.SellerId) ? ProductDocument.From(product) : ProductDocument.InPublic(product);
}
