using Npgsql;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>Indexes that are no primary key: taken away while a table is filled, and built anew in one go afterwards.</summary>
internal static class SecondaryIndexes
{
    private const string Sql =
        """
        select c.relname, pg_get_indexdef(i.indexrelid)
        from pg_index as i join pg_class as c on c.oid = i.indexrelid
        where i.indrelid = any ($1::text[]::regclass[]) and not i.indisprimary and not i.indisunique
        order by c.relname
        """;

    /// <summary>Takes them away; what is to be run to have them back.</summary>
    public static async Task<IReadOnlyList<string>> DropAsync(
        NpgsqlConnection connection, IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        var definitions = new List<(string Name, string Definition)>();
        await using (var command = new NpgsqlCommand(Sql, connection) { Parameters = { new NpgsqlParameter { Value = tables.ToArray() } } })
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken)) definitions.Add((reader.GetString(0), reader.GetString(1)));
        }

        foreach (var (name, _) in definitions)
        {
            await using var drop = new NpgsqlCommand($"drop index {name}", connection);
            await drop.ExecuteNonQueryAsync(cancellationToken);
        }

        return [.. definitions.Select(index => index.Definition)];
    }
}
