namespace OrleansBilling.Storage.Postgres.Folding;

/// <summary>
/// Statements that set aside deltas if the database refuses their sum, and that retry them later. A key is its columns as a row in
/// text, so statistics and balances share this code. $1 is the reason or a number of rows, $2 the keys.
/// </summary>
internal sealed class AsideSql(string deltas, string aside, string columns, string value)
{
    public static AsideSql OfStatistics { get; } = new("statistic_delta", "statistic_aside", "offer_id, day, metric, slice", "value");

    public static AsideSql OfBalances { get; } = new("balance_delta", "balance_aside", "seller_id, party_id, currency", "amount");

    /// <summary>The condition that a delta belongs to one of the keys.</summary>
    public string IsOfKeys { get; } = $"row({columns})::text = any ($2)";

    /// <summary>The keys among as many deltas as one round folds.</summary>
    public string Keys { get; } = $"select distinct row({columns})::text from (select {columns} from {deltas} limit $1) as d";

    public string SetAside { get; } =
        $"""
        with taken as (
          delete from {deltas} where row({columns})::text = any ($2) returning {columns}, {value}
        ),
        written as (
          insert into {aside} as a ({columns}, {value}, reason)
          select {columns}, sum({value}), $1 from taken group by {columns}
          on conflict ({columns}) do update set {value} = a.{value} + excluded.{value}, reason = excluded.reason
        )
        select count(*)::integer from taken
        """;

    public string TakeBack { get; } =
        $"""
        with taken as (
          delete from {aside} returning {columns}, {value}
        ),
        written as (
          insert into {deltas} ({columns}, {value}) select {columns}, {value} from taken
        )
        select count(*)::integer from taken
        """;
}
