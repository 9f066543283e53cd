using Npgsql;

namespace OrleansBilling.LoadTests.Throughput.Data;

/// <summary>The size of rows on disk, including their indexes.</summary>
/// <param name="Subscriptions">Stored subscriptions.</param>
/// <param name="Events">Stored events.</param>
/// <param name="SubscriptionBytes">Snapshot and directory row, per subscription.</param>
/// <param name="EventBytes">Bytes per event.</param>
/// <param name="DatabaseBytes">Bytes of the whole database.</param>
internal sealed record DatabaseSize(long Subscriptions, long Events, double SubscriptionBytes, double EventBytes, long DatabaseBytes)
{
    private const string Sql =
        """
        select (select count(*) from subscription), (select count(*) from event),
          pg_total_relation_size('subscription') + pg_total_relation_size('directory'), pg_total_relation_size('event'),
          pg_database_size(current_database())
        """;

    public static async Task<DatabaseSize> ReadAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var subscriptions = reader.GetInt64(0);
        var events = reader.GetInt64(1);
        return new DatabaseSize(
            subscriptions, events, reader.GetInt64(2) / (double)subscriptions, reader.GetInt64(3) / (double)events, reader.GetInt64(4));
    }
}
