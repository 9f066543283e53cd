using System.Data.Common;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>Reads the rows of <see cref="DocumentListSql"/>: first whether the lists are being rebuilt, then the columns, if any.</summary>
/// <param name="readInstant">How the database stores an instant.</param>
internal sealed class DocumentListRows(Func<DbDataReader, int, Instant> readInstant)
{
    public (bool Rebuilding, BalanceEntry? Listed) ReadEntry(DbDataReader reader) => (
        reader.GetBoolean(0),
        reader.IsDBNull(1)
            ? null
            : new BalanceEntry(
                reader.GetString(3), reader.GetString(4), reader.GetString(1), reader.GetInt64(2),
                StoredNames.EntryKindOf(reader.GetString(6)), reader.GetInt32(7), MaybeInteger(reader, 8), MaybeInteger(reader, 9),
                reader.GetString(5), reader.GetInt64(10), readInstant(reader, 11)));

    public (bool Rebuilding, ListedCreditNote? Listed) ReadCreditNote(DbDataReader reader) => (
        reader.GetBoolean(0),
        reader.IsDBNull(1)
            ? null
            : new ListedCreditNote(
                new CreditNote(
                    reader.GetString(1), reader.GetInt32(2), reader.GetString(3), reader.GetString(4), reader.GetString(5),
                    reader.GetInt32(6), reader.GetBoolean(7), reader.GetInt64(8), reader.GetInt64(9), MaybeText(reader, 10),
                    readInstant(reader, 12))
                {
                    ReasonSequence = MaybeLong(reader, 11),
                },
                MaybeLong(reader, 13)));

    public (bool Rebuilding, Chargeback? Listed) ReadChargeback(DbDataReader reader) => (
        reader.GetBoolean(0),
        reader.IsDBNull(1)
            ? null
            : new Chargeback(
                reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetString(4), reader.GetString(5),
                reader.GetString(6), StoredNames.DisputeStatusOf(reader.GetString(7)), reader.GetInt64(8), reader.GetInt64(9),
                MaybeText(reader, 10), readInstant(reader, 12), reader.IsDBNull(13) ? null : readInstant(reader, 13))
            {
                ReasonSequence = MaybeLong(reader, 11),
            });

    private static long? MaybeLong(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetInt64(ordinal);

    private static int? MaybeInteger(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetInt32(ordinal);

    private static string? MaybeText(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
}
