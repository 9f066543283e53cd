using Npgsql;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>Indexes other than primary keys. They are dropped before a table is filled and rebuilt afterward.</summary>
internal static class SecondaryIndexes
{
    private const string Sql =
        """
        select c.relname, pg_get_indexdef(i.indexrelid)
        from pg_index as i join pg_class as c on c.oid = i.indexrelid
        where i.indrelid = any ($1::text[]::regclass[]) and not i.indisprimary and not i.indisunique
        order by c.relname
        """;

    /// <summary>Drops the indexes and returns the statements that recreate them.</summary>
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
