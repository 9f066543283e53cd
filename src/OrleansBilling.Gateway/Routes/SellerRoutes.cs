using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Sellers;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Profiles of sellers. A seller has its own; for others there is none.</summary>
internal sealed class SellerRoutes(ISellerStore sellers) : IRouteGroup
{
    private const string Tag = "Sellers";

    /// <summary>How often to try again when other edits of the same profile keep winning.</summary>
    private const int TriesMax = 32;

    public static ApiError NotFound { get; } = ApiErrors.NotFound("seller");

    public void Map(ApiRoutes api)
    {
        api.Put("/v1/sellers/{id}", Roles.SellerOrAdministrator, GatewayJson.Default.SellerBody, PutAsync)
            .Named("sellers_put").Answers(200, typeof(SellerDocument)).Describe(
                Tag, "Stores a seller's profile", "The whole profile is replaced. A seller exists by being named; a profile is optional.");
        api.Get("/v1/sellers/{id}", Roles.SellerOrAdministrator, GetAsync)
            .Named("sellers_get").Answers(200, typeof(SellerDocument)).Describe(Tag, "Shows a seller's profile");
    }

    private async ValueTask<IResult> PutAsync(ApiCall call, SellerBody body)
    {
        if (!IsOwn(call)) return Answers.Problem(NotFound);
        if (SellerRequest.Validate(body) is { } error) return Answers.Problem(error);
        var wanted = SellerRequest.ToProfile(body, call.Id);
        for (var attempt = 1; attempt <= TriesMax; attempt++)
        {
            var found = await sellers.FindAsync(call.Id, call.Aborted);
            if (!call.Expects(found?.Revision))
                return Answers.Problem(ApiErrors.From(Refusal.OtherVersion));
            if (found is not null && IsSame(found, wanted)) return Show(found);
            var next = wanted with { Revision = (found?.Revision ?? 0) + 1 };
            if (await sellers.SaveAsync(next, call.Aborted)) return Show(next);
        }

        return Answers.Problem(new ApiError(409, "conflict", "Other edits of this seller kept winning; try again."));
    }

    private async ValueTask<IResult> GetAsync(ApiCall call) =>
        IsOwn(call) && await sellers.FindAsync(call.Id, call.Aborted) is { } seller ? Show(seller) : Answers.Problem(NotFound);

    /// <summary>Whether the seller of the path is the caller's own; an administrator's are all.</summary>
    public static bool IsOwn(ApiCall call) => Ids.IsValid(call.Id) && call.Caller.MayTouch(call.Id, "");

    private static bool IsSame(SellerProfile one, SellerProfile other) => JsonNode.DeepEquals(NodeOf(one), NodeOf(other));

    private static JsonNode? NodeOf(SellerProfile seller) =>
        JsonSerializer.SerializeToNode(SellerDocument.From(seller), GatewayJson.Default.SellerDocument);

    private static IResult Show(SellerProfile seller) => Answers.Json(
        StatusCodes.Status200OK, SellerDocument.From(seller), GatewayJson.Default.SellerDocument, version: seller.Revision);
}
