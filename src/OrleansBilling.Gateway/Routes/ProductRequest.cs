using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A product as a request describes it.</summary>
internal static class ProductRequest
{
    public static Product ToProduct(ProductBody body, string id) => new(
        id,
        body.SellerId,
        body.Name,
        body.TimeZone ?? "UTC",
        DunningRequest.ToPolicy(body.Dunning),
        body.TrialWithoutPaymentMethod ?? TrialWithoutPaymentMethod.Cancel)
    {
        Description = body.Description,
        Tax = TaxRequest.ToPolicy(body.Tax),
        Loyalty = RewardRequest.ToReward(body.Loyalty),
        Retention = RewardRequest.ToPolicy(body.Retention),
        Voucher = VoucherRequest.ToTerms(body.Voucher),
        OnChargeback = body.OnChargeback ?? ChargebackAction.Cancel,
    };

    public static ApiError? Validate(ProductBody body)
    {
        var check = new Check();
        check.Id(body.Id, "id");
        check.Id(body.SellerId, "seller_id");
        check.Text(body.Name, "name", FieldLimits.NameCharactersMax);
        check.Text(body.Description, "description", FieldLimits.DescriptionCharactersMax, lines: true);
        check.TimeZone(body.TimeZone, "time_zone");
        DunningRequest.Check(ref check, body.Dunning);
        TaxRequest.Check(ref check, body.Tax);
        RewardRequest.Check(ref check, body.Loyalty);
        RewardRequest.Check(ref check, body.Retention);
        VoucherRequest.Check(ref check, body.Voucher);
        return check.Error;
    }
}
