using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Sums a batch's changes of balances in memory and writes each sum once. A balance that the database refuses is set aside alone.
/// </summary>
internal sealed class SqliteBalanceSums(SqliteStatements statements, SqliteSetAside setAside)
{
    private const string Table = "balance";
    private const int RefusedRememberedMax = 10_000;

    private static readonly string BalanceSql =
        $"""
        insert into balance (seller_id, party_id, currency, amount, amount_high) values ($1, $2, $3, $4, $5)
        on conflict (seller_id, party_id, currency) do update set {SqliteWide.Add("amount", "$4", "$5")}
        """;

    private static readonly string AsideSql =
        $"""
        insert into balance_aside (seller_id, party_id, currency, amount, amount_high, reason) values ($1, $2, $3, $4, $5, $6)
        on conflict (seller_id, party_id, currency) do update set {SqliteWide.Add("amount", "$4", "$5")}, reason = $6
        """;

    private const string TakeAsideSql = "delete from balance_aside returning seller_id, party_id, currency, amount, amount_high";

    private readonly Dictionary<BalanceKey, Int128> sums = [];

    /// <summary>Balances refused since the start. They are set aside without another try.</summary>
    private readonly Dictionary<BalanceKey, SqliteException> refused = [];
    private bool tookAside;

    /// <summary>Starts a new batch.</summary>
    public void Clear() => sums.Clear();

    /// <summary>Called after a failed transaction, which also undid <see cref="TakeAside"/>.</summary>
    public void Forget() => tookAside = false;

    public void Add(IReadOnlyList<BalanceDelta> deltas)
    {
        for (var n = 0; n < deltas.Count; n++) Add(deltas[n].Key, deltas[n].Amount);
    }

    public void Write()
    {
        if (!tookAside) TakeAside();
        if (refused.Count > 0) SetRefusedAside();
        if (sums.Count == 0 || setAside.Try(WriteTogether) is null) return;
        foreach (var (key, amount) in sums)
        {
            if (setAside.Try(() => WriteOne(key, amount)) is not { } reason) continue;
            if (refused.Count >= RefusedRememberedMax) refused.Clear();
            refused[key] = reason;
            setAside.Tell(Table, key, reason);
            SetAside(key, amount, reason);
        }
    }

    private void Add(BalanceKey key, Int128 amount) => sums[key] = sums.GetValueOrDefault(key) + amount;

    /// <summary>Retries, with the first batch, what was set aside before this start.</summary>
    private void TakeAside()
    {
        var rows = statements.Read(TakeAsideSql, [], static reader => (
            Key: new BalanceKey(reader.GetString(0), reader.GetString(1), reader.GetString(2)), Amount: SqliteWide.ReadParts(reader, 3)));
        foreach (var (key, amount) in rows) Add(key, amount);
        tookAside = true;
    }

    private void SetRefusedAside()
    {
        foreach (var (key, reason) in refused)
        {
            if (sums.Remove(key, out var amount)) SetAside(key, amount, reason);
        }
    }

    private void SetAside(BalanceKey key, Int128 amount, SqliteException reason)
    {
        var (low, high) = SqliteWide.Split(amount);
        statements.Write(AsideSql, key.SellerId, key.PartyId, key.Currency, low, high, reason.Message);
        SqliteSetAside.Count(Table);
    }

    private void WriteTogether()
    {
        foreach (var (key, amount) in sums) WriteOne(key, amount);
    }

    private void WriteOne(BalanceKey key, Int128 amount)
    {
        var (low, high) = SqliteWide.Split(amount);
        statements.Write(BalanceSql, key.SellerId, key.PartyId, key.Currency, low, high);
    }
}
