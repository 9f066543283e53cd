using System.Data.Common;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>The catalog's lists and edits on SQLite.</summary>
internal sealed class SqliteCatalogShelf(SqliteWriter writer, SqliteReaders readers) : CatalogShelf(Offers, "unixepoch()")
{
    private const string ArchiveOfferSql =
        "update offer set archived_at = $2 where id = $1 and (archived_at is null) <> ($2 is null)";

    private static CatalogTable Offers { get; } = new(
        "offer", CatalogTable.OfferColumns,
        "join offer_version as v on v.id = t.id and v.version = (select max(n.version) from offer_version as n where n.id = t.id)");

    public override ValueTask ArchiveOfferAsync(string id, Instant? archivedAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements => statements.Write(ArchiveOfferSql, id, archivedAt?.ToUnixTimeMilliseconds()));
        return ValueTask.CompletedTask;
    }

    protected override async ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        string sql, IReadOnlyList<object> values, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        await readers.ReadAsync(sql, [.. values.Select(ValueOf)], read, cancellationToken);

    protected override ValueTask<int> WriteAsync(
        string sql, string id, string json, Instant? archivedAt, int revision, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(
            statements => statements.Write(sql, id, json, archivedAt?.ToUnixTimeMilliseconds(), revision)));
    }

    protected override Instant ReadInstant(DbDataReader reader, int ordinal) =>
        SqliteJournal.ReadInstant((SqliteDataReader)reader, ordinal);

    private static object ValueOf(object value) => value is Instant at ? at.ToUnixTimeMilliseconds() : value;
}
