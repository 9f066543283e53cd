using Microsoft.Extensions.Options;
using OrleansBilling.PaymentSimulator.Book;

namespace OrleansBilling.PaymentSimulator.Http;

/// <summary><c>/v1/charges</c></summary>
internal static class ChargeRoutes
{
    public static void MapCharges(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/charges", ChargeAsync);
        routes.MapGet("/v1/charges", List);
        routes.MapGet("/v1/charges/{key}", Find);
    }

    private static async Task<IResult> ChargeAsync(
        HttpContext http, PaymentBook book, UnreliableLine line, TimeProvider time, IOptions<SimulatorSettings> settings)
    {
        var (body, refusal) = await RequestBody.ReadAsync(http.Request, SimulatorJson.Default.ChargeBody);
        if (body is null) return Problems.Of(refusal!);
        if (!body.IsValid(out var order, out refusal)) return Problems.Of(refusal);
        var answer = await book.WriteAsync(writer => BookRules.Charge(writer, order, settings.Value.Seed, time.GetUtcNow()));
        return await line.SendAsync(http, answer);
    }

    private static IResult List(string? limit, string? cursor, BookReader book) =>
        PageRequest.TryParse(limit, cursor, out var page, out var refusal) ? TypedResults.Ok(book.ReadCharges(page)) : Problems.Of(refusal);

    private static IResult Find(string key, BookReader book) => book.FindCharge(key) is { } charge
        ? TypedResults.Ok(charge)
        : Problems.Of(new Refusal(404, "charge_not_found", "key", "There is no charge with this key."));
}
