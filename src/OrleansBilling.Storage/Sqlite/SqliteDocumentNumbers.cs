using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Numbers documents between two batches of commits, one page per transaction.</summary>
internal sealed class SqliteDocumentNumbers(SqliteWriter writer, SqliteReaders readers) : IDocumentNumbers
{
    private const string WaitingSql =
        "select position, subscription_id, kind, ordinal, seller_id from document_waiting order by position limit $1";
    private const string DoneSql = "delete from document_waiting where position <= $1";
    private const string LastSql = "select last from document_series where seller_id = $1 and kind = $2";
    private const string FindSql = "select kind, ordinal, seller_id, number from document where subscription_id = $1";

    private const string FindOneSql = "select number from document where subscription_id = $1 and kind = $2 and ordinal = $3";

    /// <summary>A document gets one number, even if it was queued more than once.</summary>
    private const string NumberSql =
        """
        insert into document (subscription_id, kind, ordinal, seller_id, number) values ($1, $2, $3, $4, $5)
        on conflict (subscription_id, kind, ordinal) do nothing
        """;

    private const string SeriesSql =
        "insert into document_series (seller_id, kind, last) values ($1, $2, $3) on conflict (seller_id, kind) do update set last = $3";

    public ValueTask<int> AssignAsync(int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements => Assign(statements, limit)));
    }

    public async ValueTask<IReadOnlyDictionary<IssuedDocument, long>> FindAsync(
        string subscriptionId, CancellationToken cancellationToken) =>
        (await readers.ReadAsync(FindSql, [subscriptionId], ReadNumbered, cancellationToken)).ToDictionary();

    public async ValueTask<IReadOnlyList<long?>> FindAsync(
        IReadOnlyList<(string SubscriptionId, DocumentKind Kind, int Ordinal)> documents, CancellationToken cancellationToken)
    {
        BillingStorage.RequireFeedPage(documents.Count);
        return await readers.ReadAsync(
            statements => documents
                .Select(document => statements.ReadSome(
                    FindOneSql, [document.SubscriptionId, (int)document.Kind, document.Ordinal],
                    static reader => reader.Read() ? reader.GetInt64(0) : (long?)null))
                .ToList(),
            cancellationToken);
    }

    private static int Assign(SqliteStatements statements, int limit)
    {
        var waiting = statements.Read(WaitingSql, [limit], ReadWaiting);
        if (waiting.Count == 0) return 0;
        var numbered = 0;
        var series = new Dictionary<(string SellerId, DocumentKind Kind), long>();
        foreach (var (_, subscriptionId, document) in waiting)
        {
            var key = (document.SellerId, document.Kind);
            if (!series.TryGetValue(key, out var last)) last = ReadLast(statements, document);
            var written = statements.Write(NumberSql, subscriptionId, (int)document.Kind, document.Ordinal, document.SellerId, last + 1);
            series[key] = last + written;
            numbered += written;
        }

        foreach (var ((sellerId, kind), last) in series) statements.Write(SeriesSql, sellerId, (int)kind, last);
        statements.Write(DoneSql, waiting[^1].Position);
        return numbered;
    }

    private static long ReadLast(SqliteStatements statements, in IssuedDocument document)
    {
        var rows = statements.Read(LastSql, [document.SellerId, (int)document.Kind], static reader => reader.GetInt64(0));
        return rows.Count == 0 ? 0 : rows[0];
    }

    private static (long Position, string SubscriptionId, IssuedDocument Document) ReadWaiting(SqliteDataReader reader) => (
        reader.GetInt64(0),
        reader.GetString(1),
        new IssuedDocument((DocumentKind)reader.GetInt16(2), reader.GetInt32(3), reader.GetString(4)));

    private static KeyValuePair<IssuedDocument, long> ReadNumbered(SqliteDataReader reader) =>
        new(new IssuedDocument((DocumentKind)reader.GetInt16(0), reader.GetInt32(1), reader.GetString(2)), reader.GetInt64(3));
}
