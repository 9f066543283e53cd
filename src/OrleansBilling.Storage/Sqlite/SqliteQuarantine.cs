using Microsoft.Data.Sqlite;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

internal sealed class SqliteQuarantine(SqliteWriter writer, SqliteReaders readers) : IQuarantine
{
    /// <summary>The condition that a row "s" of the subscription table is not excluded from due work.</summary>
    public const string IsFree =
        "not exists (select 1 from quarantine as q where q.subscription_id = s.id and q.version = s.version and q.waits = 1)";

    private const string PutSql =
        """
        insert into quarantine (subscription_id, version, due_at, reason, failures, since, next_try_at, waits)
        values ($1, $2, $3, $4, $5, $6, $7, 1)
        on conflict (subscription_id) do update set
          since = case when version = $2 then since else $6 end, version = $2, due_at = $3,
          reason = $4, failures = $5, next_try_at = $7, waits = 1
        """;

    private const string ListSql =
        """
        select q.subscription_id, q.version, q.due_at, q.reason, q.failures, q.since, q.next_try_at
        from quarantine as q join subscription as s on s.id = q.subscription_id and s.version = q.version
        where q.subscription_id > $1 order by q.subscription_id limit $2
        """;

    private const string CountSql = "select count(*) from quarantine";
    private const string MovedOnSql =
        """
        delete from quarantine
        where not exists (select 1 from subscription as s where s.id = subscription_id and s.version = quarantine.version)
        """;

    private const string TryAgainSql = "update quarantine set waits = 0 where waits = 1 and next_try_at <= $1";

    public ValueTask PutAsync(QuarantinedSubscription subscription, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements => statements.Write(
            PutSql, subscription.SubscriptionId, subscription.Version, subscription.DueAt.ToUnixTimeMilliseconds(), subscription.Reason,
            subscription.Failures, subscription.Since.ToUnixTimeMilliseconds(), subscription.NextTryAt.ToUnixTimeMilliseconds()));
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> ReleaseAsync(string subscriptionId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<bool>(
            writer.Write(statements => statements.Write("delete from quarantine where subscription_id = $1", subscriptionId) == 1));
    }

    public async ValueTask<IReadOnlyList<QuarantinedSubscription>> ListAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await readers.ReadAsync(ListSql, [after ?? "", limit], Read, cancellationToken);
    }

    public async ValueTask<long> SweepAsync(Instant now, CancellationToken cancellationToken)
    {
        // Most of the time the quarantine is empty; then avoid a write.
        if ((await readers.ReadAsync(CountSql, [], static reader => reader.GetInt64(0), cancellationToken))[0] == 0) return 0;
        return writer.Write(statements =>
        {
            statements.Write(MovedOnSql);
            statements.Write(TryAgainSql, now.ToUnixTimeMilliseconds());
            return statements.Read(CountSql, [], static reader => reader.GetInt64(0))[0];
        });
    }

    private static QuarantinedSubscription Read(SqliteDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), SqliteJournal.ReadInstant(reader, 2), reader.GetString(3), reader.GetInt32(4),
        SqliteJournal.ReadInstant(reader, 5), SqliteJournal.ReadInstant(reader, 6));
}
