using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Storage.Customers;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Rows with personal data on SQLite, replaced between two batches of commits.</summary>
internal sealed class SqlitePersonRows(SqliteWriter writer, SqliteReaders readers) : IPersonRows
{
    public async ValueTask<IReadOnlyList<PersonRow>> FindAsync(string? afterId, string throughId, CancellationToken cancellationToken)
    {
        var found = new List<PersonRow>();
        foreach (var (place, sql) in PersonSql.Find)
            found.AddRange(await readers.ReadAsync(sql, [afterId ?? "", throughId], reader => Read(reader, place), cancellationToken));
        return found;
    }

    public async ValueTask<IReadOnlyList<PersonRow>> FindMessagesAsync(long after, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await readers.ReadAsync(
            PersonSql.FindMessages, [after, limit], static reader => Read(reader, PersonPlace.Message), cancellationToken);
    }

    public ValueTask ReplaceAsync(IReadOnlyList<PersonRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements =>
        {
            foreach (var row in rows) statements.Write(PersonSql.Replace(row.Place), row.SubscriptionId, row.Number, row.Data);
            return rows.Count;
        });
        return ValueTask.CompletedTask;
    }

    private static PersonRow Read(SqliteDataReader reader, PersonPlace place) =>
        new(place, reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
}
