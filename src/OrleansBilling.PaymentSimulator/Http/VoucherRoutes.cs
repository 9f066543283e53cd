using OrleansBilling.PaymentSimulator.Book;

namespace OrleansBilling.PaymentSimulator.Http;

/// <summary><c>/v1/vouchers</c>: confirms or expires a voucher, as a bank or time would. These answers are never dropped.</summary>
internal static class VoucherRoutes
{
    public static void MapVouchers(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/vouchers/{key}/confirm", (string key, PaymentBook book) => SettleAsync(key, Verdict.Confirmed, book));
        routes.MapPost("/v1/vouchers/{key}/expire", (string key, PaymentBook book) => SettleAsync(key, Verdict.Expired, book));
    }

    private static async Task<IResult> SettleAsync(string key, Verdict verdict, PaymentBook book)
    {
        var answer = await book.WriteAsync(writer => BookRules.SettleVoucher(writer, key, verdict));
        return answer.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(answer.Payment);
    }
}
