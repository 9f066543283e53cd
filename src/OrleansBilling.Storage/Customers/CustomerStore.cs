using System.Data.Common;
using NodaTime;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Customers;

/// <summary>Customers on either database. An edit is stored only if nobody edited the row since it was read.</summary>
/// <param name="findSql">Finds the rows of a list of ids, which is $1.</param>
internal abstract class CustomerStore(string findSql) : ICustomerStore
{
    /// <summary>Their order is that of <see cref="Read"/>.</summary>
    public const string Columns = "t.id, t.created_at, t.revision, t.email, t.country, t.data";

    private const string AddSql =
        """
        insert into customer (id, created_at, revision, email, country, data) values ($1, $2, $3, $4, $5, $6)
        on conflict (id) do nothing
        """;

    /// <summary>A mail address and a country may be filled in without a new revision, so they are compared too.</summary>
    private const string ReplaceSql =
        """
        update customer set revision = $2, email = $3, country = $4, data = $5
        where id = $1 and revision = $6 and coalesce(email, '') = $7 and coalesce(country, '') = $8
        """;

    private const string KnownSql = "select 1 from customer_seller where seller_id = $1 and customer_id = $2";

    public async ValueTask<IReadOnlyList<CustomerProfile>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        RequireBatch(ids.Count);
        return ids.Count == 0 ? [] : await ReadAsync(findSql, [ListOf(ids)], Read, cancellationToken);
    }

    public async ValueTask<bool> AddAsync(CustomerProfile customer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(customer);
        object?[] row =
        [
            customer.Id, customer.CreatedAt, customer.Revision, customer.Email, customer.Country, CustomerJson.Write(customer),
        ];
        return await WriteAsync(AddSql, row, customer, cancellationToken);
    }

    public async ValueTask<bool> ReplaceAsync(CustomerProfile read, CustomerProfile next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(next);
        object?[] row =
        [
            next.Id, next.Revision, next.Email, next.Country, CustomerJson.Write(next), read.Revision, read.Email ?? "", read.Country ?? "",
        ];
        return await WriteAsync(ReplaceSql, row, next, cancellationToken);
    }

    public async ValueTask<bool> IsKnownToAsync(string customerId, string sellerId, CancellationToken cancellationToken) =>
        (await ReadAsync(KnownSql, [sellerId, customerId], static _ => true, cancellationToken)).Count > 0;

    public async ValueTask<IReadOnlyList<CustomerProfile>> ListAsync(
        CustomerFilter filter, CustomerPlace? after, int limit, CancellationToken cancellationToken)
    {
        var sql = CustomerListSql.Of(filter, after, limit);
        return await ReadAsync(sql.Text, sql.Values, Read, cancellationToken);
    }

    public abstract ValueTask AddNamedAsync(IReadOnlyCollection<NamedCustomer> named, CancellationToken cancellationToken);

    public abstract ValueTask AddWordsAsync(IReadOnlyCollection<CustomerProfile> read, CancellationToken cancellationToken);

    protected static void RequireBatch(int count) => ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ICustomerStore.BatchMax);

    /// <summary>Reads rows. A value is a text, a number, an instant, or what <see cref="ListOf"/> made.</summary>
    protected abstract ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        string sql, IReadOnlyList<object?> values, Func<DbDataReader, T> read, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the row of a customer and, in the same transaction, the words of its name. Returns false if the statement wrote nothing.
    /// </summary>
    protected abstract ValueTask<bool> WriteAsync(
        string sql, IReadOnlyList<object?> values, CustomerProfile customer, CancellationToken cancellationToken);

    protected abstract object ListOf(IReadOnlyCollection<string> ids);

    protected abstract Instant ReadInstant(DbDataReader reader, int ordinal);

    private CustomerProfile Read(DbDataReader reader) => CustomerJson.Read(
        new CustomerProfile(reader.GetString(0), ReadInstant(reader, 1))
        {
            Revision = reader.GetInt32(2),
            Email = reader.IsDBNull(3) ? null : reader.GetString(3),
            Country = reader.IsDBNull(4) ? null : reader.GetString(4),
        },
        reader.GetString(5));
}
