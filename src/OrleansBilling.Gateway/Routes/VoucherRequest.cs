using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Routes;

/// <summary>How long a product's vouchers are valid, as a request describes it.</summary>
internal static class VoucherRequest
{
    public static void Check(ref Check check, VoucherBody? body)
    {
        if (body is null) return;
        check.Range(body.ValidDays, "voucher.valid_days", 1, VoucherTerms.ValidDaysMax);

        // Without a good number of days, nothing can be said about the reminder.
        var validDays = body.ValidDays ?? VoucherTerms.Default.ValidDays;
        if (validDays is >= 1 and <= VoucherTerms.ValidDaysMax) check.Range(body.ReminderDays, "voucher.reminder_days", 0, validDays - 1);
    }

    /// <summary>A voucher that is valid for one day leaves no time for the usual reminder.</summary>
    public static VoucherTerms ToTerms(VoucherBody? body)
    {
        var usual = VoucherTerms.Default;
        if (body is null) return usual;
        var validDays = body.ValidDays ?? usual.ValidDays;
        return new VoucherTerms(validDays, body.ReminderDays ?? Math.Min(usual.ReminderDays, validDays - 1));
    }
}
