using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>How the rows of one command reach the database without group commit.</summary>
internal enum BaselineShape
{
    /// <summary>begin with update, insert, commit: three round trips, as in an ordinary repository.</summary>
    Transaction,

    /// <summary>Both writes in one prepared auto-commit statement: one round trip, the minimum.</summary>
    Statement,
}

/// <summary>
/// One transaction per command: the same rows as the journal writes, prepared statements, and one connection per caller. A
/// caller holds its connection, so that no pool slows it down.
/// </summary>
internal sealed class BaselineWay(NpgsqlDataSource database, long[] versions, SampleCommit sample, BaselineShape shape, int connections)
{
    private const string Update = "update subscription set version = $2 + 1, due_at = $3, state = $4 where id = $1 and version = $2";
    private const string Insert = "insert into event (subscription_id, sequence, at, type, data) values ($1, $2 + 1, $3, $4, $5)";

    private const string Both =
        """
        with updated as (
          update subscription set version = $2 + 1, due_at = $3, state = $4 where id = $1 and version = $2 returning id
        )
        insert into event (subscription_id, sequence, at, type, data) select id, $2 + 1, $5, $6, $7 from updated
        """;

    private readonly Subscriptions subscriptions = new(versions.Length);

    public async Task CallAsync(int caller, Meter meter)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var writer = await Writer.PrepareAsync(connection, shape, sample);
        while (meter.Running)
        {
            foreach (var number in subscriptions.Of(caller, connections))
            {
                var startedAt = Stopwatch.GetTimestamp();
                var written = await writer.WriteAsync(Subscriptions.Id(number), versions[number]);
                if (written) versions[number]++;
                meter.Record(startedAt, written);
                if (!meter.Running) return;
            }

            meter.RoundDone();
        }
    }

    /// <summary>The prepared statements of one connection.</summary>
    private sealed class Writer : IAsyncDisposable
    {
        private readonly NpgsqlConnection connection;
        private readonly BaselineShape shape;
        private readonly NpgsqlCommand first;
        private readonly NpgsqlCommand second;

        private Writer(NpgsqlConnection connection, BaselineShape shape, SampleCommit sample)
        {
            this.connection = connection;
            this.shape = shape;
            first = new NpgsqlCommand(shape == BaselineShape.Transaction ? Update : Both, connection);
            second = new NpgsqlCommand(Insert, connection);
            AddKey(first);
            AddValue(first, NpgsqlDbType.TimestampTz, sample.DueAt.ToDateTimeUtc());
            AddValue(first, NpgsqlDbType.Text, sample.State);
            if (shape == BaselineShape.Transaction) AddKey(second);
            var last = shape == BaselineShape.Transaction ? second : first;
            AddValue(last, NpgsqlDbType.TimestampTz, sample.At.ToDateTimeUtc());
            AddValue(last, NpgsqlDbType.Text, sample.EventType);
            AddValue(last, NpgsqlDbType.Text, sample.EventData);
        }

        public static async Task<Writer> PrepareAsync(NpgsqlConnection connection, BaselineShape shape, SampleCommit sample)
        {
            var writer = new Writer(connection, shape, sample);
            await writer.first.PrepareAsync();
            if (shape == BaselineShape.Transaction) await writer.second.PrepareAsync();
            return writer;
        }

        /// <summary>Writes one commit; returns false when the stored version differs.</summary>
        public async Task<bool> WriteAsync(string id, long version)
        {
            SetKey(first, id, version);
            if (shape == BaselineShape.Statement) return await first.ExecuteNonQueryAsync() == 1;
            SetKey(second, id, version);
            await using var transaction = await connection.BeginTransactionAsync();
            if (await first.ExecuteNonQueryAsync() != 1) return false;
            await second.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
            return true;
        }

        public async ValueTask DisposeAsync()
        {
            await first.DisposeAsync();
            await second.DisposeAsync();
        }

        private static void AddKey(NpgsqlCommand command)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint });
        }

        private static void SetKey(NpgsqlCommand command, string id, long version)
        {
            ((NpgsqlParameter<string>)command.Parameters[0]).TypedValue = id;
            ((NpgsqlParameter<long>)command.Parameters[1]).TypedValue = version;
        }

        private static void AddValue<T>(NpgsqlCommand command, NpgsqlDbType type, T value) =>
            command.Parameters.Add(new NpgsqlParameter<T> { NpgsqlDbType = type, TypedValue = value });
    }
}
