using Npgsql;

namespace OrleansBilling.LoadTests.Throughput.Data;

/// <summary>
/// The version of every subscription, by its number. Ways without a runtime update it themselves; no two callers use the same
/// entry.
/// </summary>
internal static class StoredVersions
{
    public static async Task<long[]> ReadAsync(string connectionString, int count, CancellationToken cancellationToken)
    {
        var versions = new long[count];
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select version from subscription order by id", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var read = 0;
        while (await reader.ReadAsync(cancellationToken)) versions[read++] = reader.GetInt64(0);
        return read == count ? versions : throw new LoadTestException($"{count} subscriptions should be stored, but there are {read}.");
    }
}
