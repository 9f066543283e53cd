using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Runtime.Lists;

/// <summary>
/// Keeps the lists up to date in the background, off the commits' path, and goes on with a rebuild. It owns
/// nothing durable: if it dies, the notes of commits stay, and the next one goes on. One process does it at a time, as far as that is
/// known; a second one only does double work.
/// </summary>
public sealed class ListProjection : IAsyncDisposable
{
    /// <summary>How long to wait once nothing is left to do.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How old a note must be. A renewal is usually two commits, the invoice and its payment, which are then one thing to do; and with the
    /// interval and a batch in hand, the lists still trail by less than a second.
    /// </summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(400);

    /// <summary>Subscriptions of one transaction, besides the rest of the last note.</summary>
    private const int BatchMax = 256;

    private readonly IListProjection store;
    private readonly ListReader reader;
    private readonly ListReset reset;
    private readonly Func<bool> isHere;
    private readonly TimeProvider time;
    private readonly BackgroundWork work;
    private readonly IDisposable observation;
    private Look? last;

    /// <param name="store">The lists and the notes.</param>
    /// <param name="reader">Derives rows.</param>
    /// <param name="isHere">Whether this process is the one to do it.</param>
    /// <param name="time">Operational time.</param>
    /// <param name="logger">Gets failures of a round.</param>
    public ListProjection(
        IListProjection store, ListReader reader, Func<bool> isHere, TimeProvider time, ILogger<ListProjection> logger)
    {
        this.store = store;
        this.reader = reader;
        this.isHere = isHere;
        this.time = time;
        reset = new ListReset(store, reader);
        work = new BackgroundWork("The lists", RoundAsync, Interval, time, logger);
        observation = BillingTelemetry.ObserveLists(ReadBehind);
    }

    public void Start() => work.Start();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await work.StopAsync();
        observation.Dispose();
        work.Dispose();
    }

    /// <summary>Brings everything into the lists that was committed before the call.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await ProjectAsync(TimeSpan.Zero, cancellationToken)) cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Brings a batch of what was committed into the lists; false if nothing is left.</summary>
    private async Task<bool> ProjectAsync(TimeSpan settled, CancellationToken cancellationToken)
    {
        var notes = await store.ReadNotesAsync(BatchMax, settled, cancellationToken);
        last = new Look(notes.OldestAge, time.GetTimestamp());
        if (notes.Ids.Count == 0) return false;
        await store.WriteAsync(notes.Ids, await reader.ReadAsync(notes.Subscriptions, cancellationToken), cancellationToken);
        return true;
    }

    private async Task<TimeSpan?> RoundAsync(CancellationToken stopping)
    {
        if (!isHere())
        {
            last = null;
            return Interval;
        }

        // Both in turn: neither a rebuild nor commits that never end may hold up the other. Then as long a pause as the work took, so that
        // a machine that is full has more time for commits than for the lists.
        var begun = time.GetTimestamp();
        var projected = await ProjectAsync(Settled, stopping);
        var rebuilt = await reset.StepAsync(stopping);
        return projected || rebuilt ? time.GetElapsedTime(begun) : Interval;
    }

    /// <summary>How long ago the lists were complete; null if another process keeps them.</summary>
    private TimeSpan? ReadBehind() => last is { } look ? look.OldestAge + time.GetElapsedTime(look.At) : null;

    private sealed record Look(TimeSpan OldestAge, long At);
}
