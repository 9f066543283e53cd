using System.Data.Common;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>The lists of entries of balances, of credit notes and of chargebacks.</summary>
/// <param name="readInstant">How the database stores an instant.</param>
internal abstract class DocumentLists(Func<DbDataReader, int, Instant> readInstant) : IBalanceEntryList, ICreditNoteList, IChargebackList
{
    private readonly DocumentListRows rows = new(readInstant);

    public ValueTask<IReadOnlyList<BalanceEntry>?> ListAsync(
        BalanceEntryFilter filter, BalanceEntryMark? after, int limit, CancellationToken cancellationToken) =>
        ListAsync(DocumentListSql.Of(filter, after, limit), rows.ReadEntry, cancellationToken);

    public ValueTask<IReadOnlyList<ListedCreditNote>?> ListAsync(
        CreditNoteFilter filter, CreditNoteMark? after, int limit, CancellationToken cancellationToken) =>
        ListAsync(DocumentListSql.Of(filter, after, limit), rows.ReadCreditNote, cancellationToken);

    public ValueTask<IReadOnlyList<Chargeback>?> ListAsync(
        ChargebackFilter filter, ChargebackMark? after, int limit, CancellationToken cancellationToken) =>
        ListAsync(DocumentListSql.Of(filter, after, limit), rows.ReadChargeback, cancellationToken);

    protected abstract ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        DocumentListSql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken);

    /// <summary>What the rows list; null if the lists are being rebuilt.</summary>
    private async ValueTask<IReadOnlyList<T>?> ListAsync<T>(
        DocumentListSql sql, Func<DbDataReader, (bool Rebuilding, T? Listed)> read, CancellationToken cancellationToken)
        where T : class
    {
        var found = await ReadAsync(sql, read, cancellationToken);
        return found[0].Rebuilding ? null : [.. found.Select(row => row.Listed).OfType<T>()];
    }
}
