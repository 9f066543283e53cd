using System.Runtime.CompilerServices;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// Reads one subscription's history as a stream, one page at a time, so memory holds only what the caller keeps. Past
/// states are rebuilt from the checkpoint before them.
/// </summary>
internal sealed class HistoryReader(IJournal journal)
{
    private const int PageEventsMax = 256;
    private const int PageBytesMax = 262_144;

    /// <summary>Events after a sequence, oldest first.</summary>
    public async IAsyncEnumerable<StoredEvent> ReadAsync(
        string subscriptionId, long after, bool withoutUsage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var range = new EventRange(after, PageEventsMax) { BytesMax = PageBytesMax, WithoutUsage = withoutUsage };
        while (true)
        {
            var page = await journal.ReadEventsAsync(subscriptionId, range, cancellationToken);
            foreach (var stored in page.Events) yield return stored;
            if (!page.HasMore) yield break;
            range = range with { After = page.Events[^1].Sequence };
        }
    }

    /// <summary>The state at a point in the history; null when nothing had happened yet.</summary>
    public async ValueTask<Subscription?> RebuildAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken)
    {
        var checkpoint = await journal.FindCheckpointAsync(subscriptionId, until, cancellationToken);
        var state = checkpoint is null ? null : SubscriptionCodec.Decode(checkpoint.State).State;
        var missing = new MissingCheckpoints(subscriptionId, journal);
        await foreach (var stored in ReadAsync(subscriptionId, checkpoint?.Sequence ?? 0, withoutUsage: false, cancellationToken))
        {
            if (!until.Includes(stored)) break;
            state = SubscriptionEvolution.Evolve(state, SubscriptionCodec.Decode(stored));
            await missing.PassAsync(stored, state, cancellationToken);
        }

        await missing.WriteAsync(cancellationToken);
        return state;
    }

    /// <summary>The states after several events, which are given in order.</summary>
    /// <exception cref="InvalidOperationException">The history ends before the last of them.</exception>
    public async ValueTask<Dictionary<long, Subscription>> ReadStatesAsync(
        string subscriptionId, long[] sequences, CancellationToken cancellationToken)
    {
        var first = new HistoryPoint.AtVersion(sequences[0]);
        var checkpoint = await journal.FindCheckpointAsync(subscriptionId, first, cancellationToken);
        var state = checkpoint is null ? null : SubscriptionCodec.Decode(checkpoint.State).State;
        var found = new Dictionary<long, Subscription>();
        if (checkpoint?.Sequence == sequences[0]) found.Add(sequences[0], state!);
        await foreach (var stored in ReadAsync(subscriptionId, checkpoint?.Sequence ?? 0, withoutUsage: false, cancellationToken))
        {
            if (found.Count == sequences.Length) break;
            state = SubscriptionEvolution.Evolve(state, SubscriptionCodec.Decode(stored));
            if (stored.Sequence == sequences[found.Count]) found.Add(stored.Sequence, state);
        }

        return found.Count == sequences.Length
            ? found
            : throw new InvalidOperationException($"The history of '{subscriptionId}' ends before version {sequences[^1]}.");
    }

    /// <summary>Adds checkpoints to a history that was written before checkpoints existed. The first reader pays for this, once.</summary>
    private sealed class MissingCheckpoints(string subscriptionId, IJournal journal)
    {
        private readonly List<Checkpoint> found = [];
        private int events;
        private long bytes;

        public async ValueTask PassAsync(StoredEvent stored, Subscription state, CancellationToken cancellationToken)
        {
            events++;
            bytes += stored.Data.Length;

            // A state with a comment of an older release waits until that is moved: personal data is not copied.
            if (!CheckpointRules.IsMissing(events, bytes) || state.OldComment is not null) return;
            found.Add(new Checkpoint(stored.Sequence, stored.At, SubscriptionCodec.Encode(state.WithoutPerson(), CommandMemory.Empty)));
            (events, bytes) = (0, 0);
            if (found.Count == Checkpoint.BatchMax) await WriteAsync(cancellationToken);
        }

        public async ValueTask WriteAsync(CancellationToken cancellationToken)
        {
            if (found.Count == 0) return;
            try
            {
                await journal.WriteCheckpointsAsync(subscriptionId, found, cancellationToken);
            }
            catch (JournalUnavailableException)
            {
                // A read must not fail because a checkpoint cannot be stored; the next reader stores it.
            }

            found.Clear();
        }
    }
}
