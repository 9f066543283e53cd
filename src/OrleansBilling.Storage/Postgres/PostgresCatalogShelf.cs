using System.Data.Common;
using NodaTime;
using Npgsql;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>The catalog's lists and edits on PostgreSQL.</summary>
internal sealed class PostgresCatalogShelf(PooledCalls pool) : CatalogShelf(Offers, "clock_timestamp()")
{
    private const string ArchiveOfferSql =
        "update offer set archived_at = $2 where id = $1 and (archived_at is null) <> ($2::timestamptz is null)";

    /// <summary>The newest version is the last row of each offer in the primary key.</summary>
    internal static CatalogTable Offers { get; } = new(
        "offer", CatalogTable.OfferColumns,
        "cross join lateral (select data, amount, version from offer_version where id = t.id order by version desc limit 1) as v");

    public override async ValueTask ArchiveOfferAsync(string id, Instant? archivedAt, CancellationToken cancellationToken) =>
        await pool.WriteAsync(ArchiveOfferSql, [Text(id), At(archivedAt)], cancellationToken);

    protected override async ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        string sql, IReadOnlyList<object> values, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        await pool.ReadAsync(sql, [.. values.Select(SqlParameters.Of)], read, cancellationToken);

    protected override async ValueTask<int> WriteAsync(
        string sql, string id, string json, Instant? archivedAt, int revision, CancellationToken cancellationToken) =>
        await pool.WriteAsync(sql, [Text(id), Json(json), At(archivedAt), Integer(revision)], cancellationToken);

    protected override Instant ReadInstant(DbDataReader reader, int ordinal) =>
        SqlParameters.ReadInstant((NpgsqlDataReader)reader, ordinal);
}
