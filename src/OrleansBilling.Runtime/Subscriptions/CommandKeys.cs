using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// The idempotency keys of one live subscription: those in its snapshot, and the pages beside it. The pages are read
/// when the first keyed command needs them. Only committed keys are remembered; a failed commit changes nothing here.
/// </summary>
internal sealed class CommandKeys(CommandMemory memory)
{
    private CommandMemory memory = memory;
    private Dictionary<ulong, CommandMemory.Entry>? beside;

    /// <summary>The entry of a key, or null.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public ValueTask<CommandMemory.Entry?> FindAsync(
        ulong key, string subscriptionId, IJournal journal, CancellationToken cancellationToken)
    {
        if (memory.Find(key) is { } newest) return new(newest);
        if (memory.Pages.IsEmpty) return default;
        return beside is { } known ? new(known.GetValueOrDefault(key)) : ReadAndFindAsync(key, subscriptionId, journal, cancellationToken);
    }

    /// <summary>The keys that the next commit writes: expired keys are dropped, and the command's key is added if it has one.</summary>
    /// <returns>Null when the caller's share is used up.</returns>
    public KeysToCommit? Prepare(CommandEnvelope envelope, long version, Instant now)
    {
        var next = memory.Prune(now);
        var gone = memory.Pages.Length - next.Pages.Length;
        long? expired = gone == 0 ? null : memory.Pages[gone - 1].Version;
        if (envelope.Idempotency is not { } key || RepeatsItself(envelope.Command)) return new KeysToCommit(next, [], expired);
        var share = CommandMemory.ShareOf(envelope);
        if (share is { } role && next.Count(role) >= CommandMemory.MostOf(role)) return null;
        next = next.TurnPage(out var left).Add(new CommandMemory.Entry(key.Key, key.Fingerprint, version, now, share));
        return new KeysToCommit(next, left, expired);
    }

    /// <summary>Takes over the keys of a durable commit.</summary>
    public void Take(in KeysToCommit committed)
    {
        memory = committed.Memory;
        if (memory.Pages.IsEmpty) beside = null;
        else if (committed.Left.IsEmpty && committed.ExpiredUpTo is null) return;

        // Unread pages are unknown, not empty. The exception: if the only page has just been written, its keys are
        // known.
        else if (beside is not null || (memory.Pages.Length == 1 && !committed.Left.IsEmpty)) TakePages(committed);
    }

    /// <summary>
    /// Whether a command needs no key. Usage records have ids of their own, which are remembered forever and outside
    /// the snapshot; a key would only make the snapshot grow.
    /// </summary>
    private static bool RepeatsItself(SubscriptionCommand command) => command is SubscriptionCommand.RecordUsage;

    private async ValueTask<CommandMemory.Entry?> ReadAndFindAsync(
        ulong key, string subscriptionId, IJournal journal, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ulong, CommandMemory.Entry>();
        foreach (var page in await journal.ReadKeyPagesAsync(subscriptionId, cancellationToken))
        {
            foreach (var entry in SubscriptionCodec.Decode(page)) found[entry.Key] = entry;
        }

        beside = found;
        return found.GetValueOrDefault(key);
    }

    private void TakePages(in KeysToCommit committed)
    {
        beside ??= [];
        if (committed.ExpiredUpTo is { } last)
        {
            foreach (var entry in beside.Values)
            {
                if (entry.Version <= last) beside.Remove(entry.Key);
            }
        }

        foreach (var entry in committed.Left) beside[entry.Key] = entry;
    }
}

/// <summary>The idempotency keys that a commit writes.</summary>
/// <param name="Memory">The keys in the new snapshot.</param>
/// <param name="Left">The keys that leave the snapshot for a page beside it; usually empty.</param>
/// <param name="ExpiredUpTo">The commit deletes pages up to this version; null for none.</param>
internal readonly record struct KeysToCommit(CommandMemory Memory, ImmutableArray<CommandMemory.Entry> Left, long? ExpiredUpTo);
