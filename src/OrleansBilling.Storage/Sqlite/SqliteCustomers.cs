using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NodaTime;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Customers;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Customers on SQLite.</summary>
internal sealed class SqliteCustomers(SqliteWriter writer, SqliteReaders readers)
    : CustomerStore($"select {Columns} from customer as t where t.id in (select value from json_each($1))")
{
    private const string NameSql =
        "insert into customer (id, created_at, email, country) values ($1, $2, $3, $4) on conflict (id) do nothing";

    /// <summary>A mail address that is missing, with the country that came with it.</summary>
    private const string FillSql =
        """
        update customer set email = $2, country = coalesce(country, $3)
        where id = $1 and revision = 1 and email is null and $2 is not null
        """;

    private const string FillCountrySql =
        "update customer set country = $2 where id = $1 and revision = 1 and country is null and $2 is not null";

    private const string SellerSql =
        """
        insert into customer_seller (seller_id, customer_id, created_at) select $1, id, created_at from customer where id = $2
        on conflict (seller_id, customer_id) do nothing
        """;

    private const string RemoveWordsSql = "delete from customer_word where customer_id = $1";

    /// <summary>Only if the name was not edited since it was read.</summary>
    private const string AddWordSql =
        """
        insert into customer_word (word, customer_id) select $1, id from customer where id = $2 and revision = $3
        on conflict (word, customer_id) do nothing
        """;

    /// <summary>Adds the customer of a subscription, in the transaction of its commit.</summary>
    public static void Name(SqliteStatements statements, NamedCustomer named)
    {
        var made = statements.Write(NameSql, named.Id, named.At.ToUnixTimeMilliseconds(), named.Email, named.Country);
        if (made == 0) statements.Write(FillSql, named.Id, named.Email, named.Country);
        statements.Write(SellerSql, named.SellerId, named.Id);
    }

    public override ValueTask AddNamedAsync(IReadOnlyCollection<NamedCustomer> named, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(named);
        RequireBatch(named.Count);
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements =>
        {
            foreach (var one in named)
            {
                Name(statements, one);
                statements.Write(FillCountrySql, one.Id, one.Country);
            }

            return named.Count;
        });
        return ValueTask.CompletedTask;
    }

    public override ValueTask AddWordsAsync(IReadOnlyCollection<CustomerProfile> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        RequireBatch(read.Count);
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements =>
        {
            foreach (var customer in read) AddWords(statements, customer);
            return read.Count;
        });
        return ValueTask.CompletedTask;
    }

    protected override async ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        string sql, IReadOnlyList<object?> values, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        await readers.ReadAsync(sql, [.. values.Select(ValueOf)], read, cancellationToken);

    protected override ValueTask<bool> WriteAsync(
        string sql, IReadOnlyList<object?> values, CustomerProfile customer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements =>
        {
            if (statements.Write(sql, [.. values.Select(ValueOf)]) == 0) return false;
            statements.Write(RemoveWordsSql, customer.Id);
            AddWords(statements, customer);
            return true;
        }));
    }

    private static void AddWords(SqliteStatements statements, CustomerProfile customer)
    {
        foreach (var word in CustomerNames.WordsOf(customer.Name)) statements.Write(AddWordSql, word, customer.Id, customer.Revision);
    }

    protected override object ListOf(IReadOnlyCollection<string> ids) => JsonSerializer.Serialize(ids);

    protected override Instant ReadInstant(DbDataReader reader, int ordinal) =>
        SqliteJournal.ReadInstant((SqliteDataReader)reader, ordinal);

    private static object? ValueOf(object? value) => value is Instant at ? at.ToUnixTimeMilliseconds() : value;
}
