using System.Text.Json;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Messages;

namespace OrleansBilling.Storage.Sqlite;

internal sealed class SqliteSubscriptionTexts(SqliteReaders readers) : ISubscriptionTexts
{
    public async ValueTask<IReadOnlyList<StoredText>> FindAsync(IReadOnlyList<TextPlace> places, CancellationToken cancellationToken)
    {
        if (places.Count == 0) return [];
        BillingStorage.RequirePageSize(places.Count);
        var asked = JsonSerializer.Serialize(
            places.Select(place => new object[] { place.SubscriptionId, place.Sequence, (int)place.Kind }));
        return await readers.ReadAsync(
            TextSql.FindInJson, [asked],
            static reader => new StoredText(
                new TextPlace(reader.GetString(0), reader.GetInt64(1), (TextKind)reader.GetInt32(2)), reader.GetString(3)),
            cancellationToken);
    }

    public static void Write(SqliteStatements statements, StoredText stored) => statements.Write(
        TextSql.Add, stored.Place.SubscriptionId, stored.Place.Sequence, (int)stored.Place.Kind, stored.Text);
}
