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

    internal const string FindAllSql =
        """
        select d.number
        from unnest($1::text[], $2::smallint[], $3::integer[]) with ordinality as asked (subscription_id, kind, ordinal, place)
        left join document as d on d.subscription_id = asked.subscription_id and d.kind = asked.kind and d.ordinal = asked.ordinal
        order by asked.place
        """;

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

    public async ValueTask<IReadOnlyList<long?>> FindAsync(
        IReadOnlyList<(string SubscriptionId, DocumentKind Kind, int Ordinal)> documents, CancellationToken cancellationToken)
    {
        BillingStorage.RequireFeedPage(documents.Count);
        return await pool.ReadAsync(
            FindAllSql,
            [
                Texts([.. documents.Select(document => document.SubscriptionId)]),
                Smallints([.. documents.Select(document => (short)document.Kind)]),
                Integers([.. documents.Select(document => document.Ordinal)]),
            ],
            static reader => reader.IsDBNull(0) ? (long?)null : reader.GetInt64(0), cancellationToken);
    }

    private static KeyValuePair<IssuedDocument, long> ReadNumbered(NpgsqlDataReader reader) =>
        new(new IssuedDocument((DocumentKind)reader.GetInt16(0), reader.GetInt32(1), reader.GetString(2)), reader.GetInt64(3));
}
