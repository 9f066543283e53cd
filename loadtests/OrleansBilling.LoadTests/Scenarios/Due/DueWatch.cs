using System.Diagnostics;
using NodaTime;
using Npgsql;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Storage.Postgres.Due;

namespace OrleansBilling.LoadTests.Scenarios.Due;

/// <summary>
/// Watches due work from outside, over its own connection: how many renewals the statistics count and whether anything is
/// still due. A charge in progress counts as due, because its watchdog makes the subscription due again soon.
/// </summary>
internal sealed class DueWatch : DueProgress
{
    private const string CountsSql =
        """
        select coalesce(sum(value) filter (where metric = $1), 0)::bigint, coalesce(sum(value) filter (where metric = $2), 0)::bigint
        from (
          select metric, value from statistic_day where metric in ($1, $2)
          union all
          select metric, value from statistic_delta where metric in ($1, $2)
        ) as counted
        """;

    /// <summary>One group at a time, in the order of the index.</summary>
    private static readonly string DueSql =
        $"""
        select exists (
          select from generate_series(0, {DueGroups.Count - 1}) as wanted (id)
          where exists (select from subscription where partition / {DueGroups.PartitionsEach} = wanted.id and due_at < $1))
        """;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Further ahead than any watchdog, but nearer than any renewal or retry.</summary>
    private static readonly Duration Ahead = Duration.FromHours(12);

    private readonly NpgsqlDataSource database;
    private readonly long dueSince;

    /// <param name="connectionString">The database.</param>
    /// <param name="dueSince">Timestamp from which the seconds of the points count.</param>
    public DueWatch(string connectionString, long dueSince)
        : base(Poll)
    {
        this.dueSince = dueSince;
        database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 2 });
    }

    public override async Task<bool> WaitUntilDoneAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var waitingSince = Stopwatch.GetTimestamp();
        var horizon = SystemClock.Instance.GetCurrentInstant() + Ahead;
        using var timer = new PeriodicTimer(Poll);
        while (await IsAnythingDueAsync(horizon, cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(waitingSince) > timeout) return false;
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        await NoteAsync(cancellationToken);
        return true;
    }

    public override ValueTask DisposeAsync() => database.DisposeAsync();

    protected override async Task<RenewalPoint> LookAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(CountsSql);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)StatisticMetric.RenewalsDue });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)StatisticMetric.RenewalsPaid });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new RenewalPoint(Stopwatch.GetElapsedTime(dueSince).TotalSeconds, reader.GetInt64(0), reader.GetInt64(1));
    }

    private async Task<bool> IsAnythingDueAsync(Instant horizon, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(DueSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = horizon.ToDateTimeUtc() });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
