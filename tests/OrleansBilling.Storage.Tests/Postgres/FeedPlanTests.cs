using System.Text.RegularExpressions;
using OrleansBilling.Storage.Postgres.Feed;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>The cost of a page of the feed, and of giving positions, does not grow with the feed.</summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class FeedPlanTests(PostgresFixture postgres)
{
    /// <summary>A hundred thousand pages of two events and ten pages that wait. One in a hundred is of the seller.</summary>
    private const string Fill =
        """
        insert into feed_page (first, entries, types, subscription_ids, sequences, event_types, invoices, seller_ids)
        select 2 * n + 1, 2, 2, array['s', 's'], array[n, n + 1], array[1, 1], array[0, 0], array['seller-' || n % 100, 'other']
        from generate_series(0, 99999) as n;
        insert into feed_page (entries, types, subscription_ids, sequences, event_types, invoices, seller_ids)
        select 1, 2, array['s'], array[n], array[1], array[0], array['seller-1'] from generate_series(1, 10) as n;
        insert into feed_seller select 'seller-' || n % 100, 2 * n + 1 from generate_series(0, 99999) as n;
        update feed_end set last = 200000
        """;

    public static TheoryData<string, string, string, string> Statements => new()
    {
        { "the beginning", PostgresFeed.PagesSql, "bigint, bigint, integer, bigint", "1, 200000, 200, -1" },
        { "the middle", PostgresFeed.PagesSql, "bigint, bigint, integer, bigint", "100000, 200000, 200, -1" },
        { "the end", PostgresFeed.PagesSql, "bigint, bigint, integer, bigint", "199999, 200000, 200, -1" },
        { "a seller", PostgresFeed.PagesOfSellersSql, "bigint, bigint, integer, bigint, text[]",
            "100000, 200000, 20, -1, array['seller-1']" },
        { "sellers", PostgresFeed.PagesOfSellersSql, "bigint, bigint, integer, bigint, text[]",
            "100000, 200000, 20, -1, array['seller-1', 'seller-2', 'nobody']" },
        { "nobody", PostgresFeed.PagesOfSellersSql, "bigint, bigint, integer, bigint, text[]", "1, 200000, 20, -1, array['nobody']" },
        { "news", PostgresFeed.NewsSql, "text[], bigint[]", "array['seller-1', 'other', 'nobody'], array[100000, 199999, 5]" },
        { "whether pages wait", FeedSequencer.IsWaitingSql, "integer", "1" },
        { "placing", FeedSequencer.PlaceSql, "integer", "1000" },
    };

    [StorageFact]
    public async Task No_statement_goes_through_the_whole_feed()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await database.ExecuteAsync(Fill);
        foreach (var prepared in new[] { "select 1", "analyze" })
        {
            await database.ExecuteAsync(prepared);
            foreach (var row in Statements)
            {
                var (name, sql, types, arguments) = row.Data;
                var settings = sql == FeedSequencer.PlaceSql ? "set local enable_seqscan = off" : "select 1";
                var plan = string.Join(
                    '\n', await database.PlanAsync(types, sql, arguments, settings, "analyze, costs off, timing off, summary off"));
                Assert.DoesNotMatch(new Regex("Seq Scan on feed_(page|seller)"), plan);
                Assert.All(
                    Regex.Matches(plan, @"feed_(?:page|seller).*rows=(\d+)"),
                    found => Assert.True(int.Parse(found.Groups[1].ValueSpan, provider: null) <= 400, $"{prepared}, {name}:\n{plan}"));
            }
        }
    }
}
