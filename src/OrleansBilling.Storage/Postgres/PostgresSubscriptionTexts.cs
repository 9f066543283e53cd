using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Messages;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

internal sealed class PostgresSubscriptionTexts(PooledCalls pool) : ISubscriptionTexts
{
    public async ValueTask<IReadOnlyList<StoredText>> FindAsync(IReadOnlyList<TextPlace> places, CancellationToken cancellationToken)
    {
        if (places.Count == 0) return [];
        BillingStorage.RequirePageSize(places.Count);
        return await pool.ReadAsync(
            TextSql.Find,
            [
                Texts([.. places.Select(place => place.SubscriptionId)]), Longs([.. places.Select(place => place.Sequence)]),
                Smallints([.. places.Select(place => (short)place.Kind)]),
            ],
            static reader => new StoredText(
                new TextPlace(reader.GetString(0), reader.GetInt64(1), (TextKind)reader.GetInt16(2)), reader.GetString(3)),
            cancellationToken);
    }
}
