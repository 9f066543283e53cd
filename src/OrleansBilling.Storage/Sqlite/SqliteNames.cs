namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Maps the names that counters are counted by to numbers. A new name is added in the transaction that counts it first.
/// </summary>
internal sealed class SqliteNames(SqliteStatements statements)
{
    private const int RememberedMax = 100_000;
    private const string AddSql =
        "insert into statistic_name (name) select $1 where (select max(id) from statistic_name) < $2 on conflict (name) do nothing";
    private const string ReadSql = "select id from statistic_name where name = $1";

    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);

    /// <summary>Called after a failed transaction: the names it added do not exist.</summary>
    public void Forget() => known.Clear();

    /// <summary>The number of a name. Once the limit on names is reached, a new name counts as <c>other</c>.</summary>
    public int NumberOf(string name)
    {
        if (known.TryGetValue(name, out var number)) return number;
        if (known.Count >= RememberedMax) known.Clear();
        if (Find(name) is { } found) return known[name] = found;
        statements.Write(AddSql, name, StoredNames.StatisticNamesMax);
        return Find(name) is { } added ? known[name] = added : StoredNames.OtherName;
    }

    private int? Find(string name) => statements.Read(ReadSql, [name], static reader => reader.GetInt32(0)) is [var number] ? number : null;
}
