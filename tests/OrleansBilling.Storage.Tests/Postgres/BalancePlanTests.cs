using System.Collections.Immutable;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Balances;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>A page of balances reads little more than it shows, whoever is asked for.</summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class BalancePlanTests(PostgresFixture postgres)
{
    /// <summary>A thousand sellers with a hundred parties each, and one party that has a balance with all of them.</summary>
    private const string Fill =
        """
        insert into balance (seller_id, party_id, currency, amount)
        select 's' || n, case when k = 0 then 'market' else 'p' || n || '-' || k end, 'BRL', 1
        from generate_series(1, 1000) as n, generate_series(0, 99) as k
        """;

    [StorageFact]
    public async Task No_page_needs_a_sequential_scan_or_many_blocks()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await using (await database.OpenAsync()) { }

        await database.ExecuteAsync(Fill);
        await database.ExecuteAsync("analyze balance");
        ImmutableArray<string> sellers = [.. Enumerable.Range(1, 50).Select(n => $"s{n}")];
        ImmutableArray<string> parties = ["market", .. Enumerable.Range(1, 49).Select(n => $"p{n}-7")];
        foreach (var (ofSellers, ofParties) in new (ImmutableArray<string>, ImmutableArray<string>)[]
        {
            ([], []), (sellers, []), ([], parties), (sellers, parties), (["s7"], ["market"]), (["s7"], parties),
        })
        {
            foreach (var after in new BalanceKey?[] { null, new BalanceKey("s30", "p30-50", "BRL") })
            {
                var filter = BalanceFilter.Of("seller_id, party_id, currency, amount", ofSellers, ofParties, after);
                await BoundedStatement.HoldAsync(
                    database, string.Join(", ", filter.Values.Select(_ => "text").Prepend("integer")), PostgresBalances.SqlOf(filter),
                    string.Join(", ", filter.Values.Select(value => $"'{value}'").Prepend("201")), empty: "balance_(delta|aside)");
            }
        }
    }
}
