using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Usage;

namespace OrleansBilling.Storage.Sqlite;

internal sealed class SqliteUsageKeys(SqliteWriter writer, SqliteReaders readers) : IUsageKeys
{
    private const string ForgetSql = "delete from usage_key where subscription_id = $1 and key = $2";

    private const string KeepSql = "update usage_key set day = $3 where subscription_id = $1 and key = $2";

    public async ValueTask<IReadOnlyList<UsageKey>> FindOldAsync(Instant before, int max, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(max);
        return await readers.ReadAsync(
            UsageKeySql.FindOld, [UsageKeySql.DayOf(before) - 1, max],
            static reader => new UsageKey(reader.GetString(0), reader.GetString(1)), cancellationToken);
    }

    public ValueTask ForgetAsync(IReadOnlyList<UsageKey> keys, Instant before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements =>
        {
            statements.Write(UsageKeySql.RaiseFloor, UsageKeySql.TextOf(before));
            return keys.Sum(key => statements.Write(ForgetSql, key.SubscriptionId, key.Key));
        });
        return default;
    }

    public ValueTask KeepAsync(IReadOnlyList<UsageKey> keys, Instant day, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements => keys.Sum(key => statements.Write(KeepSql, key.SubscriptionId, key.Key, UsageKeySql.DayOf(day))));
        return default;
    }
}
