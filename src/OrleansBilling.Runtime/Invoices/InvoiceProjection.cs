using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Runtime.Invoices;

/// <summary>
/// Keeps the list of invoices up to date in the background, off the commits' path, and goes on with a rebuild. It owns nothing durable:
/// if it dies, the notes of commits stay, and the next one goes on. One process does it at a time, as far as that is known; a second one
/// only does double work.
/// </summary>
public sealed class InvoiceProjection : IAsyncDisposable
{
    /// <summary>How long to wait once nothing is left to do.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How old a note must be. A renewal is usually two commits, the invoice and its payment, which are then one thing to do; and with the
    /// interval and a batch in hand, the list still trails by less than a second.
    /// </summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(400);

    /// <summary>Subscriptions of one transaction, besides the rest of the last note.</summary>
    private const int BatchMax = 256;

    private readonly IInvoiceProjection store;
    private readonly BilledInvoiceReader reader;
    private readonly InvoiceReset reset;
    private readonly Func<bool> isHere;
    private readonly TimeProvider time;
    private readonly BackgroundWork work;
    private readonly IDisposable observation;
    private Look? last;

    /// <param name="store">The list and the notes.</param>
    /// <param name="reader">Derives invoices.</param>
    /// <param name="isHere">Whether this process is the one to do it.</param>
    /// <param name="time">Operational time.</param>
    /// <param name="logger">Gets failures of a round.</param>
    public InvoiceProjection(
        IInvoiceProjection store, BilledInvoiceReader reader, Func<bool> isHere, TimeProvider time, ILogger<InvoiceProjection> logger)
    {
        this.store = store;
        this.reader = reader;
        this.isHere = isHere;
        this.time = time;
        reset = new InvoiceReset(store, reader);
        work = new BackgroundWork("The list of invoices", RoundAsync, Interval, time, logger);
        observation = BillingTelemetry.ObserveInvoices(ReadBehind);
    }

    public void Start() => work.Start();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await work.StopAsync();
        observation.Dispose();
        work.Dispose();
    }

    /// <summary>Brings every invoice into the list that was committed before the call.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await ProjectAsync(TimeSpan.Zero, cancellationToken)) cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Brings a batch of what was committed into the list; false if nothing is left.</summary>
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
        // a machine that is full has more time for commits than for their list.
        var begun = time.GetTimestamp();
        var projected = await ProjectAsync(Settled, stopping);
        var rebuilt = await reset.StepAsync(stopping);
        return projected || rebuilt ? time.GetElapsedTime(begun) : Interval;
    }

    /// <summary>How long ago the list was complete; null if another process keeps it.</summary>
    private TimeSpan? ReadBehind() => last is { } look ? look.OldestAge + time.GetElapsedTime(look.At) : null;

    private sealed record Look(TimeSpan OldestAge, long At);
}
