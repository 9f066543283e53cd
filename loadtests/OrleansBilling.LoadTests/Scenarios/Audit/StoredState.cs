using NodaTime;
using Npgsql;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Audit;

/// <summary>Compares the contents of a database after a run with what was acknowledged.</summary>
internal sealed class StoredState(NpgsqlDataSource database)
{
    private const string VersionsSql = "select id, version from subscription";
    private const string DueSql = "select count(*) from subscription where due_at <= $1";
    private const string PendingSql = "select count(*) from subscription where status = 'pending'";

    // Every version must have exactly one event, and every event its version.
    private const string UnevenSql =
        """
        select count(*) from subscription as s
        full join (select subscription_id, max(sequence) as last, count(*) as events from history group by subscription_id) as e
          on e.subscription_id = s.id
        where s.version is distinct from e.last or e.events <> e.last
        """;

    public async Task<IReadOnlyList<RunCheck>> CheckAsync(
        AcknowledgedVersions acknowledged, Instant loadEndedAt, CancellationToken cancellationToken)
    {
        var (found, behind) = await CompareVersionsAsync(acknowledged, cancellationToken);
        return
        [
            RunCheck.Same("subscriptions with an acknowledged command that are stored", acknowledged.Count(), found),
            RunCheck.None("of these, stored with a version below the acknowledged one", behind),
            RunCheck.None(
                "subscriptions whose events do not match their version",
                await CountAsync(UnevenSql, null, cancellationToken)),
            RunCheck.None("due times left over", await CountAsync(DueSql, loadEndedAt, cancellationToken)),
        ];
    }

    /// <summary>When every payment method succeeds, no subscription may still wait for its first payment.</summary>
    public async Task<RunCheck> CheckPendingAsync(CancellationToken cancellationToken) =>
        RunCheck.None("subscriptions that still wait for their first payment", await CountAsync(PendingSql, null, cancellationToken));

    private async Task<(long Found, long Behind)> CompareVersionsAsync(
        AcknowledgedVersions acknowledged, CancellationToken cancellationToken)
    {
        var found = 0L;
        var behind = 0L;
        await using var command = database.CreateCommand(VersionsSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var version = acknowledged.Of(Subscriptions.NumberOf(reader.GetString(0)));
            if (version > 0) found++;
            if (reader.GetInt64(1) < version) behind++;
        }

        return (found, behind);
    }

    private async Task<long> CountAsync(string sql, Instant? at, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        if (at is { } instant) command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = instant.ToDateTimeUtc() });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
