using OrleansBilling.PaymentSimulator.Book;

namespace OrleansBilling.PaymentSimulator.Http;

/// <summary><c>/v1/refunds</c></summary>
internal static class RefundRoutes
{
    public static void MapRefunds(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/refunds", RefundAsync);
        routes.MapGet("/v1/refunds", List);
    }

    private static async Task<IResult> RefundAsync(HttpContext http, PaymentBook book, UnreliableLine line, TimeProvider time)
    {
        var (body, refusal) = await RequestBody.ReadAsync(http.Request, SimulatorJson.Default.RefundBody);
        if (body is null) return Problems.Of(refusal!);
        if (!body.IsValid(out var order, out refusal)) return Problems.Of(refusal);
        var answer = await book.WriteAsync(writer => BookRules.Refund(writer, order, time.GetUtcNow()));
        return await line.SendAsync(http, answer);
    }

    private static IResult List(string? limit, string? cursor, BookReader book) =>
        PageRequest.TryParse(limit, cursor, out var page, out var refusal) ? TypedResults.Ok(book.ReadRefunds(page)) : Problems.Of(refusal);
}
