using System.Net;
using System.Text;
using OrleansBilling.Client;
using OrleansBilling.Console.Charts;
using OrleansBilling.Console.Figures;
using OrleansBilling.Console.Live;
using OrleansBilling.Console.Sessions;
using OrleansBilling.Console.Words;

namespace OrleansBilling.Console.Hosting;

/// <summary>The tables of the pages as CSV files. They are made from the same figures, and asked for with the same address.</summary>
internal static class ExportRoutes
{
    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cancellations/{table}.csv", CancellationsAsync).ExcludeFromDescription();
        routes.MapGet("/home/{table}.csv", HomeAsync).ExcludeFromDescription();
    }

    private static Task<IResult> CancellationsAsync(
        HttpContext http, string table, string? period, string? from, string? to, string? product, string? by, FiguresDesk desk) =>
        WriteAsync(http, $"cancellations-{table}", async (session, texts) =>
        {
            var shelf = await Shelf.LoadAsync(desk, session, http.RequestAborted);
            var question = await CancellationsAsk.QuestionAsync(
                desk, session, shelf, period, from, to, product, by, http.RequestAborted);
            var view = await CancellationsView.LoadAsync(desk, session, question, http.RequestAborted);
            return table switch
            {
                "evolution" => CancellationsTables.Evolution(view, shelf, texts),
                "origins" => CancellationsTables.Origins(view, texts),
                "daily" => CancellationsTables.Daily(view, texts),
                "reasons" => CancellationsTables.Reasons(view, texts),
                _ => null,
            };
        });

    private static Task<IResult> HomeAsync(HttpContext http, string table, FiguresDesk desk) =>
        WriteAsync(http, table, async (session, texts) =>
        {
            var view = await HomeView.LoadAsync(desk, session, http.RequestAborted);
            return table switch
            {
                "movements" => HomeTables.MovementTable(view, texts),
                "forecast" => HomeTables.ForecastTable(view, texts),
                _ => null,
            };
        });

    private static async Task<IResult> WriteAsync(HttpContext http, string name, Func<SignedIn, Texts, Task<Table?>> makeAsync)
    {
        if (SignedIn.Of(http.User) is not { SeesFigures: true } session) return Results.StatusCode(StatusCodes.Status403Forbidden);
        try
        {
            return await makeAsync(session, PageLanguage.Of(http)) is { } table
                ? Results.File(
                    [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Csv.Write(table))], "text/csv; charset=utf-8",
                    $"{name}.csv")
                : Results.NotFound();
        }
        catch (BillingException refused) when (refused.Status == HttpStatusCode.Unauthorized)
        {
            return Results.LocalRedirect($"{http.Request.PathBase}/sign-in?why=ended");
        }
        catch (Exception e) when (e is BillingException or HttpRequestException or TimeoutException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
