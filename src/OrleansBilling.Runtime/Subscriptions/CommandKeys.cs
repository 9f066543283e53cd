using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// The idempotency keys of one live subscription: what its snapshot holds, and the pages beside it, which are read when
/// the first command with a key asks for them. It knows what was committed; a commit that failed is not taken over.
/// </summary>
internal sealed class CommandKeys(CommandMemory memory)
{
    private CommandMemory memory = memory;
    private Dictionary<ulong, CommandMemory.Entry>? beside;

    /// <summary>What is remembered under a key, or null.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public ValueTask<CommandMemory.Entry?> FindAsync(
        ulong key, string subscriptionId, IJournal journal, CancellationToken cancellationToken)
    {
        if (memory.Find(key) is { } newest) return new(newest);
        if (memory.Pages.IsEmpty) return default;
        return beside is { } known ? new(known.GetValueOrDefault(key)) : ReadAndFindAsync(key, subscriptionId, journal, cancellationToken);
    }

    /// <summary>What the next commit writes of keys: without what has expired, with one more where the command has a key.</summary>
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

    /// <summary>The commit is durable.</summary>
    public void Take(in KeysToCommit committed)
    {
        memory = committed.Memory;
        if (memory.Pages.IsEmpty) beside = null;
        else if (committed.Left.IsEmpty && committed.ExpiredUpTo is null) return;

        // What was never read is not known to be empty, save where the one page that there is has just been written.
        else if (beside is not null || (memory.Pages.Length == 1 && !committed.Left.IsEmpty)) TakePages(committed);
    }

    /// <summary>
    /// Usage bears ids of its own, which are remembered for ever and outside the snapshot; a key would only make that
    /// grow.
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

/// <summary>What a commit writes of idempotency keys.</summary>
/// <param name="Memory">What the snapshot holds from then on.</param>
/// <param name="Left">Keys that leave the snapshot for a page beside it; empty as a rule.</param>
/// <param name="ExpiredUpTo">Pages up to this version go; null for none.</param>
internal readonly record struct KeysToCommit(CommandMemory Memory, ImmutableArray<CommandMemory.Entry> Left, long? ExpiredUpTo);
