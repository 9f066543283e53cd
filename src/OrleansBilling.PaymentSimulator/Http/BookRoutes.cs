using OrleansBilling.PaymentSimulator.Book;

namespace OrleansBilling.PaymentSimulator.Http;

/// <summary>The book at a glance, and the process.</summary>
internal static class BookRoutes
{
    public static void MapSummary(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/book/summary", (BookReader book) => TypedResults.Ok(book.Summarise()));

    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health/live", () => TypedResults.Text("live"));
}
