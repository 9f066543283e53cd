using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Loads;

/// <summary>
/// Loads subscriptions in batches: one statement for all loads requested while the previous one ran. A subscription requested twice in
/// a batch is read once.
/// </summary>
internal sealed partial class LoadLane(
    PostgresConnections connections, PostgresStorageOptions options, TimeProvider timeProvider, ILogger<LoadLane> logger)
    : Lane<PendingLoad>(connections, options, options.LoadQueueMax, timeProvider, logger)
{
    private const string SessionSettings = "set plan_cache_mode = force_generic_plan; set enable_seqscan = off;";
    private const string Sql = "select id, version, state from subscription where id = any($1)";

    private readonly Dictionary<string, PendingLoad> batch = new(StringComparer.Ordinal);
    private readonly List<string> ids = [];
    private readonly int batchMax = options.LoadBatchMax;
    private NpgsqlCommand? command;
    private bool retrying;

    /// <summary>Loads whose connection broke wait for the next connection.</summary>
    protected override bool HasHeld => retrying;

    public ValueTask<StoredSubscription?> LoadAsync(string subscriptionId)
    {
        var pending = new PendingLoad(subscriptionId);
        if (TryEnqueue(pending)) return new ValueTask<StoredSubscription?>(pending.Task);
        throw new JournalUnavailableException("The subscription was not loaded: too many loads wait, or the database does not answer.");
    }

    protected override async Task PrepareAsync(NpgsqlConnection opened, CancellationToken cancellationToken)
    {
        await using (var settings = new NpgsqlCommand(SessionSettings, opened)) await settings.ExecuteNonQueryAsync(cancellationToken);
        command?.Dispose();
        command = new NpgsqlCommand(Sql, opened);
        command.Parameters.Add(
            new NpgsqlParameter<List<string>> { TypedValue = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await command.PrepareAsync(cancellationToken);
    }

    protected override async Task<bool> ExecuteBatchAsync(NpgsqlConnection opened)
    {
        Gather();
        try
        {
            await ReadAsync();
            foreach (var missing in batch.Values) Answer(missing, null);
        }
        catch (Exception exception)
        {
            return Fail(exception, PostgresFaults.Classify(exception, opened));
        }

        batch.Clear();
        retrying = false;
        return true;
    }

    protected override void RefuseWaiting(Exception cause)
    {
        do
        {
            Gather();
            Refuse(cause);
        }
        while (Queue.TryPeek(out _));
    }

    private bool Fail(Exception exception, PostgresFault fault)
    {
        if (fault is PostgresFault.Connection && !retrying)
        {
            // A connection that broke while idle fails only now. Reading twice is harmless, so retry once on a new connection.
            retrying = true;
            return false;
        }

        LogFailed(exception, batch.Count);
        Refuse(exception);
        return fault is PostgresFault.Data or PostgresFault.Contention;
    }

    private async Task ReadAsync()
    {
        await using var reader = await command!.ExecuteReaderAsync(End.Token);
        while (await reader.ReadAsync(End.Token))
        {
            var stored = new StoredSubscription(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
            if (batch.Remove(stored.SubscriptionId, out var asked)) Answer(asked, stored);
        }
    }

    private void Gather()
    {
        ids.Clear();
        ids.AddRange(batch.Keys);
        while (ids.Count < batchMax && Queue.TryRead(out var pending))
        {
            if (batch.TryGetValue(pending.SubscriptionId, out var first))
            {
                pending.Next = first.Next;
                first.Next = pending;
                continue;
            }

            batch.Add(pending.SubscriptionId, pending);
            ids.Add(pending.SubscriptionId);
        }
    }

    private void Refuse(Exception cause)
    {
        foreach (var first in batch.Values)
        {
            for (var pending = first; pending is not null; pending = pending.Next)
                pending.TrySetException(
                    new JournalUnavailableException("The subscription was not loaded: the database does not answer.", cause));
        }

        batch.Clear();
        retrying = false;
    }

    private static void Answer(PendingLoad first, StoredSubscription? stored)
    {
        for (var pending = first; pending is not null; pending = pending.Next) pending.TrySetResult(stored);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Loads} subscriptions could not be loaded.")]
    private partial void LogFailed(Exception exception, int loads);
}
