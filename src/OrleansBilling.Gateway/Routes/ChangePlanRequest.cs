using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A requested plan change, to run or only to preview.</summary>
internal static class ChangePlanRequest
{
    public static void Check(ref Check check, ChangePlanBody body)
    {
        if (body.OfferId is null && body.Quantity is null && body.Addons is null)
            check.Fail(new ApiError(400, "required", "offer_id, quantity or addons is required.", "offer_id"));
        check.Id(body.OfferId, "offer_id");
        OrderRequest.Check(ref check, body.Quantity, body.Addons);
    }
}
