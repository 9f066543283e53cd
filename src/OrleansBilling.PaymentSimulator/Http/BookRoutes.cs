using OrleansBilling.PaymentSimulator.Book;

namespace OrleansBilling.PaymentSimulator.Http;

/// <summary>The summary of the book and the health check.</summary>
internal static class BookRoutes
{
    public static void MapSummary(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/book/summary", (BookReader book) => TypedResults.Ok(book.Summarise()));

    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health/live", () => TypedResults.Text("live"));
}
