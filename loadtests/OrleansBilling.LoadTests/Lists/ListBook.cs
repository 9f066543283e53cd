using Npgsql;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Lists;

/// <summary>
/// Adds to a filled database what lists and the search need beside the journal: customers with names, and numbers of invoices.
/// </summary>
internal static class ListBook
{
    private const string Sql =
        """
        insert into customer (id, created_at, email, data)
        select d.customer_id, timestamptz '2024-01-01' + n * interval '10 seconds', 'person' || n || '@example.com',
          jsonb_build_object('name', initcap(p.first || ' ' || p.last))::text
        from (
          select customer_id, row_number() over (order by id) as n from directory
        ) as d cross join lateral (select
          (array['maria', 'ana', 'joao', 'pedro', 'lucas', 'julia', 'carla', 'paulo', 'rita', 'bruno'])[1 + d.n % 10] as first,
          (array['silva', 'santos', 'souza', 'lima', 'costa', 'rocha', 'alves', 'ramos', 'dias', 'melo'])[1 + d.n / 10 % 10] as last) as p
        on conflict do nothing;
        insert into customer_word (word, customer_id)
        select w.word, c.id from customer as c, lateral (select lower(c.data::jsonb ->> 'name') as name) as x,
          lateral unnest(array[x.name, split_part(x.name, ' ', 2)]) as w (word)
        where x.name is not null
        on conflict do nothing;
        insert into customer_seller (seller_id, customer_id, created_at)
        select d.seller_id, c.id, c.created_at from directory as d join customer as c on c.id = d.customer_id
        on conflict do nothing;
        insert into document (subscription_id, kind, ordinal, seller_id, number)
        select id, 1, 1, seller_id, row_number() over (partition by seller_id order by id) from directory
        on conflict do nothing;
        insert into list_rebuild (after_id) values ('');
        """;

    /// <summary>Fills a new database, and asks for the lists to be derived.</summary>
    /// <returns>The number of subscriptions.</returns>
    public static async Task<int> FillAsync(string connectionString, int subscriptions, CancellationToken cancellationToken)
    {
        var plan = await RecentSales.FillAsync(connectionString, subscriptions, uncounted: false, cancellationToken);
        await using var database = Open(connectionString);
        foreach (var sql in new[] { Sql, "vacuum analyze", "checkpoint" })
        {
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return plan.Count;
    }

    /// <summary>How far the lists trail the commits; zero if there is nothing to do.</summary>
    public static async Task<TimeSpan> ReadBehindAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select coalesce(extract(epoch from clock_timestamp() - min(noted_at)), 0)::double precision from list_note");
        return TimeSpan.FromSeconds((double)(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    public static NpgsqlDataSource Open(string connectionString) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, MaxPoolSize = 2 });
}
