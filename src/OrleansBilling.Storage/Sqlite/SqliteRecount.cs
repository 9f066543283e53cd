using System.Text.Json;
using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>The recount on SQLite. The single writer alternates with commits, so nothing changes while a batch is written.</summary>
internal sealed class SqliteRecount(SqliteWriter writer, SqliteReaders readers, SqliteRebuild rebuild) : IStatisticsRecount
{
    private static readonly string[] Counters =
        ["statistic_day", "statistic_month", "statistic_closed", "statistic_market", "statistic_aside"];

    private const string UncountedSql =
        "select id, version, counted from subscription where counted <> version and id > $1 order by id limit $2";

    private const string EventsSql =
        "select sequence, at, type, data from event where subscription_id = $1 and sequence > $2 and type <> $3 order by sequence limit $4";

    private const string IsAsReadSql =
        """
        select counted = $2 and not exists (select 1 from event where subscription_id = $1 and sequence > $3 and type <> $4)
        from subscription where id = $1
        """;

    private const string MarkSql = "update subscription set counted = version where id in (select value from json_each($1))";

    public ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wasUnderWay = rebuild.IsUnderWay;
        rebuild.Begin();
        try
        {
            writer.WriteCounting((statements, counters) =>
            {
                foreach (var table in Counters) statements.Write($"delete from {table}");
                statements.Write("update subscription set counted = 0");
                statements.Write(
                    "insert into statistic_rebuild (since) select unixepoch() where not exists (select 1 from statistic_rebuild)");
                counters.Forget();
                return 0;
            });
        }
        catch
        {
            if (!wasUnderWay) rebuild.End();
            throw;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> IsRebuildingAsync(CancellationToken cancellationToken) => ValueTask.FromResult(rebuild.IsUnderWay);

    public ValueTask<IAsyncDisposable?> TryLeadAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IAsyncDisposable?>(new OnlyProcess());

    public async ValueTask<IReadOnlyList<UncountedSubscription>> ReadUncountedAsync(
        string? afterId, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await readers.ReadAsync(
            UncountedSql, [afterId ?? "", limit],
            static reader => new UncountedSubscription(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<OwnedEvent>> ReadFirstEventsAsync(
        IReadOnlyList<string> ids, int limitEach, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var events = new List<OwnedEvent>();
        foreach (var id in ids)
        {
            foreach (var stored in await ReadNextEventsAsync(id, 0, limitEach, cancellationToken)) events.Add(new OwnedEvent(id, stored));
        }

        return events;
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadNextEventsAsync(
        string id, long afterSequence, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await readers.ReadAsync(
            EventsSql, [id, afterSequence, StoredEvent.UsageType, limit], SqliteHistory.ReadEvent, cancellationToken);
    }

    public ValueTask<int> WriteAsync(IReadOnlyList<RecountedSubscription> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.WriteCounting((statements, counters) =>
        {
            var counted = new List<string>(batch.Count);
            foreach (var (subscription, deltas) in batch)
            {
                object?[] asRead = [subscription.Id, subscription.Counted, subscription.Version, StoredEvent.UsageType];
                if (statements.Read(IsAsReadSql, asRead, static reader => reader.GetBoolean(0)) is not [true]) continue;
                counters.Add(deltas);
                counted.Add(subscription.Id);
            }

            statements.Write(MarkSql, JsonSerializer.Serialize(counted));
            return counted.Count;
        }));
    }

    public ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var done = writer.Write(statements =>
        {
            if (statements.Read(
                "select exists (select 1 from subscription where counted <> version)", [],
                static (SqliteDataReader reader) => reader.GetBoolean(0))[0]) return false;
            statements.Write("delete from statistic_rebuild");
            return true;
        });
        if (done) rebuild.End();
        return ValueTask.FromResult(done);
    }
}
