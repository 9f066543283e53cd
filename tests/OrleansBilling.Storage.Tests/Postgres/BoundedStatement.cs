using System.Globalization;
using System.Text.RegularExpressions;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>
/// Holds a statement to its indexes and to the blocks that it may touch. A block in memory costs about a microsecond, so the bound stands
/// for a time, and unlike a time it is the same on every machine.
/// </summary>
internal static class BoundedStatement
{
    public const int BlocksMax = 10_000;

    /// <param name="blocksMax">More for a statement that reads many rows, but never more than its own limit.</param>
    public static Task HoldAsync(
        PostgresTestDatabase database, string sql, IReadOnlyList<object> values, int blocksMax = BlocksMax) => HoldAsync(
        database,
        string.Join(", ", values.Select(value => value switch
        {
            string => "text", int => "integer", long => "bigint", _ => "timestamptz",
        })),
        sql, string.Join(", ", values.Select(value => value is int or long ? $"{value}" : $"'{value}'")), blocksMax);

    /// <param name="empty">The start of the names of tables that are empty or tiny: they may be scanned.</param>
    public static async Task HoldAsync(
        PostgresTestDatabase database, string types, string sql, string arguments, int blocksMax = BlocksMax,
        string empty = "list_rebuild")
    {
        // Compiles nothing, as the sessions of a storage.
        var plan = string.Join('\n', await database.PlanAsync(
            types, sql, arguments, "set local jit = off", "analyze, buffers, costs off, timing off, summary off"));
        Assert.True(!Regex.IsMatch(plan, $"Seq Scan on (?!{empty})"), $"{sql}, {arguments}:\n{plan}");

        // The first line of buffers is that of the whole statement.
        var touched = Regex.Match(plan, "Buffers: shared(?: hit=([0-9]+))?(?: read=([0-9]+))?");
        var blocks = touched.Groups.Values.Skip(1).Where(count => count.Success)
            .Sum(count => int.Parse(count.ValueSpan, CultureInfo.InvariantCulture));
        Assert.True(blocks > 0 && blocks <= blocksMax, $"{blocks} blocks, {sql}, {arguments}:\n{plan}");
    }
}
