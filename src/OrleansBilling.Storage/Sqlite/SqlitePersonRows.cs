using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
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

    public async ValueTask<IReadOnlyList<PersonRow>> FindTextsAsync(
        string? afterId, string throughId, CancellationToken cancellationToken)
    {
        var found = new List<PersonRow>();
        foreach (var (place, sql) in PersonSql.FindTexts)
        {
            found.AddRange(await readers.ReadAsync(
                sql, [afterId ?? "", throughId],
                reader => Read(reader, place) with { EventType = reader.IsDBNull(3) ? null : reader.GetString(3) }, cancellationToken));
        }

        return found;
    }

    public ValueTask MoveTextsAsync(
        IReadOnlyList<StoredText> texts, IReadOnlyList<PersonRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(rows);
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements =>
        {
            foreach (var stored in texts) SqliteSubscriptionTexts.Write(statements, stored);
            foreach (var row in rows)
            {
                statements.Write(PersonSql.Replace(row.Place), row.SubscriptionId, row.Number, row.Data);
                if (PersonSql.IsListed(row)) statements.Write(SqliteBatch.ListNoteSql, row.SubscriptionId);
            }

            return rows.Count;
        });
        return ValueTask.CompletedTask;
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
