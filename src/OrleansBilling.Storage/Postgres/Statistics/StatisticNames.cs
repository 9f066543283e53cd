using System.Collections.Concurrent;
using System.Collections.Frozen;
using Npgsql;
using OrleansBilling.Domain.Statistics;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Statistics;

/// <summary>
/// Maps the names that counters are counted by to numbers, which all processes share. A name gets its number before the first counter
/// that needs it is written. That costs two round trips, once per name and process.
/// </summary>
internal sealed class StatisticNames
{
    private const int RememberedMax = 100_000;

    private const string AddSql =
        """
        insert into statistic_name (name)
        select name from unnest($1::text[]) as wanted (name)
        where (select max(id) from statistic_name) < $2
          and not exists (select from statistic_name as n where n.name = wanted.name)
        order by name
        on conflict (name) do nothing
        """;

    private const string ReadSql = "select id, name from statistic_name where name = any($1)";

    private readonly ConcurrentDictionary<string, int> known = new(StringComparer.Ordinal);

    /// <summary>The number of each name. Once the limit on names is reached, a new name counts as <c>other</c>.</summary>
    public ValueTask<IReadOnlyDictionary<string, int>> NumbersOfAsync(
        IReadOnlyCollection<string>? names, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (names is null || names.Count == 0) return new ValueTask<IReadOnlyDictionary<string, int>>(FrozenDictionary<string, int>.Empty);
        var numbers = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        List<string>? unknown = null;
        foreach (var name in names)
        {
            if (known.TryGetValue(name, out var number)) numbers[name] = number;
            else (unknown ??= []).Add(name);
        }

        return unknown is null
            ? new ValueTask<IReadOnlyDictionary<string, int>>(numbers)
            : LearnAsync(unknown, numbers, connection, cancellationToken);
    }

    /// <summary>The stored slice of a counter.</summary>
    public static int SliceOf(in StatisticDelta delta, IReadOnlyDictionary<string, int> numbers) =>
        delta.Name is { } name ? numbers[name] : delta.Slice ?? StoredNames.NoSlice;

    private async ValueTask<IReadOnlyDictionary<string, int>> LearnAsync(
        List<string> unknown, Dictionary<string, int> numbers, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using (
            var add = new NpgsqlCommand(AddSql, connection)
            {
                Parameters = { Texts([.. unknown]), Integer(StoredNames.StatisticNamesMax) },
            })
            await add.ExecuteNonQueryAsync(cancellationToken);
        foreach (var name in unknown) numbers[name] = StoredNames.OtherName;

        // A separate statement sees names that another lane has added meanwhile.
        await using var read = new NpgsqlCommand(ReadSql, connection) { Parameters = { Texts([.. unknown]) } };
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        if (known.Count > RememberedMax) known.Clear();
        while (await reader.ReadAsync(cancellationToken))
        {
            var (number, name) = (reader.GetInt32(0), reader.GetString(1));
            numbers[name] = number;
            known[name] = number;
        }

        return numbers;
    }
}
