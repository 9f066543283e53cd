using OrleansBilling.Console.Live;
using OrleansBilling.Console.Sessions;

namespace OrleansBilling.Console.Figures;

/// <summary>Reads the question of the page, or of a file of it, out of an address.</summary>
public static class CancellationsAsk
{
    public static async ValueTask<CancellationsQuestion> QuestionAsync(
        FiguresDesk desk, SignedIn session, Shelf shelf, string? period, string? from, string? to, string? productId, string? by,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentNullException.ThrowIfNull(shelf);
        var product = productId is { Length: > 0 and <= 64 } ? productId : null;
        var clock = await desk.ProveAsync(session, cancellationToken);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.Now, Shelf.Zone(shelf.ZoneOf(product, null))).DateTime);
        return new CancellationsQuestion(Span.Of(period, from, to, today), null, product, null, by == "plan");
    }
}
