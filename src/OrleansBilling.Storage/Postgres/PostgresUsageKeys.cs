using NodaTime;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Usage;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

internal sealed class PostgresUsageKeys(PooledCalls pool) : IUsageKeys
{
    private const string ForgetSql =
        $"""
        with floor as ({UsageKeySql.RaiseFloor})
        delete from usage_key as u using unnest($2::text[], $3::text[]) as k (subscription_id, key)
        where u.subscription_id = k.subscription_id and u.key = k.key
        """;

    private const string KeepSql =
        """
        update usage_key as u set day = $3 from unnest($1::text[], $2::text[]) as k (subscription_id, key)
        where u.subscription_id = k.subscription_id and u.key = k.key
        """;

    public async ValueTask<IReadOnlyList<UsageKey>> FindOldAsync(Instant before, int max, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(max);
        return await pool.ReadAsync(
            UsageKeySql.FindOld, [Integer(UsageKeySql.DayOf(before) - 1), Integer(max)],
            static reader => new UsageKey(reader.GetString(0), reader.GetString(1)), cancellationToken);
    }

    public async ValueTask ForgetAsync(IReadOnlyList<UsageKey> keys, Instant before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        await pool.WriteAsync(ForgetSql, [Text(UsageKeySql.TextOf(before)), Ids(keys), Keys(keys)], cancellationToken);
    }

    public async ValueTask KeepAsync(IReadOnlyList<UsageKey> keys, Instant day, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        await pool.WriteAsync(KeepSql, [Ids(keys), Keys(keys), Integer(UsageKeySql.DayOf(day))], cancellationToken);
    }

    private static NpgsqlParameter Ids(IReadOnlyList<UsageKey> keys) => Texts([.. keys.Select(key => key.SubscriptionId)]);

    private static NpgsqlParameter Keys(IReadOnlyList<UsageKey> keys) => Texts([.. keys.Select(key => key.Key)]);
}
