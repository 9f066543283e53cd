using System.Data.Common;
using System.Globalization;
using NodaTime;
using Npgsql;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Customers;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Customers on PostgreSQL.</summary>
internal sealed class PostgresCustomers(PooledCalls pool) : CustomerStore($"select {Columns} from customer as t where t.id = any($1)")
{
    private const string Named =
        """
        unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[])
          with ordinality as n (id, seller_id, at, email, country, place)
        """;

    /// <summary>In order of their ids, as commits do it, so that two writers never wait for each other.</summary>
    private const string AddNamedSql =
        $"""
        insert into customer as c (id, created_at, email, country)
        select n.id, min(n.at), (array_agg(n.email order by n.place) filter (where n.email is not null))[1],
          (array_agg(n.country order by n.place) filter (where n.country is not null))[1]
        from {Named} group by n.id order by n.id
        on conflict (id) do update
        set email = coalesce(c.email, excluded.email), country = coalesce(c.country, excluded.country)
        where c.revision = 1 and (c.email is null and excluded.email is not null or c.country is null and excluded.country is not null)
        """;

    /// <summary>A transaction of its own: whoever locks rows of both tables could meet a commit half way.</summary>
    private const string AddSellersSql =
        $"""
        insert into customer_seller (seller_id, customer_id, created_at)
        select distinct n.seller_id, n.id, k.created_at from {Named} join customer as k on k.id = n.id order by n.seller_id, n.id
        on conflict (seller_id, customer_id) do nothing
        """;

    /// <summary>For share: a name that is edited at the same time is edited before, and then left out, or after.</summary>
    private const string AddWordsSql =
        """
        insert into customer_word (word, customer_id)
        select w.word, c.id from unnest($1::text[], $2::text[], $3::integer[]) as w (word, customer_id, revision)
        join customer as c on c.id = w.customer_id and c.revision = w.revision
        order by c.id for share of c
        on conflict (word, customer_id) do nothing
        """;

    public override async ValueTask AddWordsAsync(IReadOnlyCollection<CustomerProfile> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        RequireBatch(read.Count);
        var words = read.SelectMany(customer => CustomerNames.WordsOf(customer.Name).Select(word => (word, customer))).ToList();
        await pool.WriteAsync(
            AddWordsSql,
            [
                Texts([.. words.Select(w => w.word)]), Texts([.. words.Select(w => w.customer.Id)]),
                Integers([.. words.Select(w => w.customer.Revision)]),
            ],
            cancellationToken);
    }

    public override async ValueTask AddNamedAsync(IReadOnlyCollection<NamedCustomer> named, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(named);
        RequireBatch(named.Count);
        foreach (var sql in new[] { AddNamedSql, AddSellersSql })
            await pool.WriteAsync(sql, ColumnsOf(named), cancellationToken);
    }

    private static NpgsqlParameter[] ColumnsOf(IReadOnlyCollection<NamedCustomer> named) =>
    [
        Texts([.. named.Select(n => n.Id)]), Texts([.. named.Select(n => n.SellerId)]), Instants([.. named.Select(n => n.At)]),
        MaybeTexts([.. named.Select(n => n.Email)]), MaybeTexts([.. named.Select(n => n.Country)]),
    ];

    protected override async ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        string sql, IReadOnlyList<object?> values, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        await pool.ReadAsync(sql, [.. values.Select(SqlParameters.Of)], read, cancellationToken);

    /// <summary>A word that stays is neither removed nor added: one statement cannot do both to a row.</summary>
    protected override async ValueTask<bool> WriteAsync(
        string sql, IReadOnlyList<object?> values, CustomerProfile customer, CancellationToken cancellationToken)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"${values.Count + 1}::text[]");
        var whole =
            $"""
            with written as ({sql} returning id),
            removed as (
              delete from customer_word where customer_id in (select id from written) and word <> all({words})
            ),
            added as (
              insert into customer_word (word, customer_id) select w.word, written.id from written, unnest({words}) as w (word)
              on conflict (word, customer_id) do nothing
            )
            select id from written
            """;
        NpgsqlParameter[] parameters = [.. values.Select(SqlParameters.Of), Texts([.. CustomerNames.WordsOf(customer.Name)])];
        return (await pool.WriteAsync(whole, parameters, static _ => true, cancellationToken)).Count == 1;
    }

    protected override object ListOf(IReadOnlyCollection<string> ids) => ids.ToArray();

    protected override Instant ReadInstant(DbDataReader reader, int ordinal) =>
        SqlParameters.ReadInstant((NpgsqlDataReader)reader, ordinal);
}
