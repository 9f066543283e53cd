using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Postgres.Folding;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Documents;

/// <summary>
/// Numbers documents, one page per transaction. If that fails or its process dies, nothing is numbered. A second process waits for the
/// first and continues after it.
/// </summary>
internal sealed class PostgresDocumentNumbers(PooledCalls pool) : IDocumentNumbers
{
    private const string FindSql = "select kind, ordinal, seller_id, number from document where subscription_id = $1";

    internal static readonly string AssignSql = EmbeddedSql.Read("Postgres.Documents.assign.sql");

    private readonly EmptiedTable waiting = new(pool, "document_waiting");

    public async ValueTask<int> AssignAsync(int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        NpgsqlParameter[] turn = [Integer(AdvisoryLocks.Space), Integer(AdvisoryLocks.Numbering)];
        var rows = await pool.WriteLockedAsync(
            AdvisoryLocks.TakeAndProbeSql, turn, AssignSql, [Integer(limit)], static reader => reader.GetInt32(0), cancellationToken);
        await waiting.NoteDeletedAsync(rows[0], cancellationToken);
        return rows[0];
    }

    public async ValueTask<IReadOnlyDictionary<IssuedDocument, long>> FindAsync(
        string subscriptionId, CancellationToken cancellationToken) =>
        (await pool.ReadAsync(FindSql, [Text(subscriptionId)], ReadNumbered, cancellationToken)).ToDictionary();

    private static KeyValuePair<IssuedDocument, long> ReadNumbered(NpgsqlDataReader reader) =>
        new(new IssuedDocument((DocumentKind)reader.GetInt16(0), reader.GetInt32(1), reader.GetString(2)), reader.GetInt64(3));
}
