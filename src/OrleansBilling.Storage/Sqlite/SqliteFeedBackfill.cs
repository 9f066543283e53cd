using Microsoft.Data.Sqlite;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>The backfill on SQLite. The single writer alternates with commits, so nothing changes while a batch is written.</summary>
internal sealed class SqliteFeedBackfill(SqliteWriter writer, SqliteReaders readers, SqliteRebuild gap) : IFeedBackfill
{
    private const string MissingSql = "select id, version, fed from subscription where fed <> version and id > $1 order by id limit $2";
    private const string MarkSql = "update subscription set fed = version where id = $1 and version = $2 and fed = $3";
    private const string IsAnyMissingSql = "select exists (select 1 from subscription where fed <> version)";

    public ValueTask<IAsyncDisposable?> TryLeadAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IAsyncDisposable?>(new OnlyProcess());

    public ValueTask<bool> IsNeededAsync(CancellationToken cancellationToken) => ValueTask.FromResult(gap.IsUnderWay);

    public async ValueTask<IReadOnlyList<UnfedSubscription>> ReadMissingAsync(
        string? afterId, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await readers.ReadAsync(
            MissingSql, [afterId ?? "", limit],
            static reader => new UnfedSubscription(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)), cancellationToken);
    }

    public ValueTask<int> WriteAsync(IReadOnlyList<BackfilledSubscription> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements =>
        {
            var written = 0;
            foreach (var (subscription, events) in batch)
            {
                if (statements.Write(MarkSql, subscription.Id, subscription.Version, subscription.Fed) == 0) continue;
                foreach (var fed in events) Insert(statements, subscription.Id, fed);
                written++;
            }

            return written;
        }));
    }

    public ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var done = writer.Write(statements =>
        {
            if (statements.Read(IsAnyMissingSql, [], static (SqliteDataReader reader) => reader.GetBoolean(0))[0]) return false;
            statements.Write("delete from feed_gap");
            return true;
        });
        if (done) gap.End();
        return ValueTask.FromResult(done);
    }

    public static void Insert(SqliteStatements statements, string subscriptionId, in FeedEvent fed) =>
        statements.Write(SqliteFeed.InsertSql, subscriptionId, fed.Sequence, (int)fed.Type, fed.Invoice, fed.SellerId);
}
