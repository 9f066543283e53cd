using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>Writes a page of events so that one that cannot be written does not hold up those of others.</summary>
internal static class SafeRendering
{
    /// <summary>Null where an event is to be written alone, which shows whether it is the one that cannot be.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public static async ValueTask<IReadOnlyList<RenderedEvent?>> RenderAsync(
        IEventRenderer renderer, IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await renderer.RenderAsync(events, cancellationToken);
        }
        catch (Exception e) when (e is not (JournalUnavailableException or OperationCanceledException))
        {
            return new RenderedEvent?[events.Count];
        }
    }
}
