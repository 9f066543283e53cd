using System.Threading.Channels;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Storage.Commits;

/// <summary>
/// Takes waiting commits from a queue as one batch: bounded in rows and bytes, in locking order, at most one commit per subscription.
/// A second commit of the same subscription waits for the next batch, because one statement would apply only one of the two. Two ids
/// with the same hash are treated as one subscription; that costs only an extra batch.
/// </summary>
internal sealed class CommitGatherer(ChannelReader<PendingCommit> queue, int rowsMax)
{
    /// <summary>A batch takes no further commit once it holds this many bytes of snapshots, events, messages and keys.</summary>
    public const int BatchBytesMax = 8 * 1024 * 1024;

    private readonly PendingCommit[] gathered = new PendingCommit[rowsMax];
    private readonly List<PendingCommit> held = [];

    public bool HasHeld => held.Count > 0;

    /// <summary>The next batch, or an empty one when nothing waits. Valid until the next call.</summary>
    public ArraySegment<PendingCommit> Gather()
    {
        var count = 0;
        var bytes = 0L;
        foreach (var commit in held) Take(commit);
        held.Clear();
        while (count < rowsMax && bytes < BatchBytesMax && queue.TryRead(out var commit)) Take(commit);
        gathered.AsSpan(0, count).Sort(PendingCommit.CompareForLocking);
        var kept = HoldRepeated(count);
        BillingTelemetry.CommitBatchSize.Record(kept);
        return new ArraySegment<PendingCommit>(gathered, 0, kept);

        void Take(PendingCommit commit)
        {
            commit.Position = count;
            gathered[count++] = commit;
            bytes += SizeOf(commit);
        }
    }

    /// <summary>Clears the last batch, so an idle lane does not keep finished commits alive.</summary>
    public void Release() => Array.Clear(gathered);

    private int HoldRepeated(int count)
    {
        var kept = 0;
        for (var index = 0; index < count; index++)
        {
            var commit = gathered[index];
            if (kept > 0 && gathered[kept - 1].Hash == commit.Hash) held.Add(commit);
            else gathered[kept++] = commit;
        }

        return kept;
    }

    private static long SizeOf(PendingCommit pending)
    {
        var commit = pending.Commit;
        var bytes = (long)commit.State.Length;
        for (var index = 0; index < commit.Events.Count; index++) bytes += commit.Events[index].Data.Length;
        for (var index = 0; index < commit.Messages.Count; index++) bytes += commit.Messages[index].Data.Length;

        if (commit.KeyPage is { } page) bytes += page.Data.Length;

        // Keys are short but many. Each is sent as its own row, together with the subscription id.
        if (commit.Message is { } message) bytes += (2 * message.Text.Length) + message.Id.Length;
        for (var index = 0; index < commit.Texts.Count; index++) bytes += 2 * commit.Texts[index].Text.Length;
        for (var index = 0; index < commit.UsageKeys.Count; index++) bytes += commit.UsageKeys[index].Length + commit.SubscriptionId.Length;
        return bytes;
    }
}
