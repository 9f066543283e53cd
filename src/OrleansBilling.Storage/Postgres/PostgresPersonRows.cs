using Npgsql;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Customers;
using OrleansBilling.Storage.Messages;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Rows with personal data on PostgreSQL.</summary>
internal sealed class PostgresPersonRows(PooledCalls pool) : IPersonRows
{
    /// <summary>Replaces an event, and leaves a note for the lists with it.</summary>
    private static readonly string ListedSql =
        $"""
        with replaced as ({PersonSql.Replace(PersonPlace.Event)} returning subscription_id)
        insert into list_note (subscription_ids) select array_agg(subscription_id) from replaced having count(*) > 0
        """;

    public async ValueTask<IReadOnlyList<PersonRow>> FindAsync(string? afterId, string throughId, CancellationToken cancellationToken)
    {
        var found = new List<PersonRow>();
        foreach (var (place, sql) in PersonSql.Find)
        {
            found.AddRange(await pool.ReadAsync(
                sql, [Text(afterId ?? ""), Text(throughId)], reader => Read(reader, place), cancellationToken));
        }

        return found;
    }

    public async ValueTask<IReadOnlyList<PersonRow>> FindMessagesAsync(long after, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await pool.ReadAsync(
            PersonSql.FindMessages, [Long(after), Integer(limit)], static reader => Read(reader, PersonPlace.Message), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<PersonRow>> FindTextsAsync(
        string? afterId, string throughId, CancellationToken cancellationToken)
    {
        var found = new List<PersonRow>();
        foreach (var (place, sql) in PersonSql.FindTexts)
        {
            found.AddRange(await pool.ReadAsync(
                sql, [Text(afterId ?? ""), Text(throughId)],
                reader => Read(reader, place) with { EventType = reader.IsDBNull(3) ? null : reader.GetString(3) }, cancellationToken));
        }

        return found;
    }

    public async ValueTask MoveTextsAsync(
        IReadOnlyList<StoredText> texts, IReadOnlyList<PersonRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var stored in texts)
        {
            var (subscriptionId, sequence, kind) = stored.Place;
            await pool.WriteAsync(
                TextSql.Add, [Text(subscriptionId), Long(sequence), Integer((int)kind), Text(stored.Text)], cancellationToken);
        }

        foreach (var row in rows.Where(PersonSql.IsListed))
            await pool.WriteAsync(ListedSql, [Text(row.SubscriptionId), Long(row.Number), Utf8Text(row.Data)], cancellationToken);
        await ReplaceAsync([.. rows.Where(row => !PersonSql.IsListed(row))], cancellationToken);
    }

    public async ValueTask ReplaceAsync(IReadOnlyList<PersonRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var ofPlace in rows.GroupBy(row => row.Place))
        {
            // One after the other, in order of their ids, as commits lock them.
            var sql = PersonSql.Replace(ofPlace.Key);
            foreach (var row in ofPlace)
                await pool.WriteAsync(sql, [Text(row.SubscriptionId), Long(row.Number), Utf8Text(row.Data)], cancellationToken);
        }
    }

    private static PersonRow Read(NpgsqlDataReader reader, PersonPlace place) =>
        new(place, reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));

    private static NpgsqlParameter Utf8Text(byte[] value) => new() { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text };
}
