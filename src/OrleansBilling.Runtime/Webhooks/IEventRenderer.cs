using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Webhooks;

/// <summary>Writes events as integrators get them: in the feed, and in each delivery.</summary>
public interface IEventRenderer
{
    /// <summary>The events in the order given; null where a subscription cannot be read.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<RenderedEvent?>> RenderAsync(IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken);
}

/// <summary>An event as integrators get it.</summary>
/// <param name="Id">Its id, the same whenever it is written.</param>
/// <param name="Json">The event; UTF-8 JSON.</param>
public sealed record RenderedEvent(string Id, byte[] Json);
