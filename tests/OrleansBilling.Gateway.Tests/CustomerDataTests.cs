using Microsoft.Data.Sqlite;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Where the database keeps what makes a person known.</summary>
public sealed class CustomerDataTests
{
    [Fact]
    public async Task Personal_data_stands_in_the_customers_row_only()
    {
        using var directory = new DataDirectory();
        await using (var gateway = await TestGateway.StartInAsync(directory))
        {
            await gateway.SellAsync("a", planFields: ",\"renewal_alert_days\":5");
            await gateway.SubscribeAsync("s", "a_offer");
            await gateway.AdvanceAsync("2024-03-05T00:00:00Z");
            Assert.NotEmpty((await gateway.Admin.GetAsync("/v1/messages")).Expect(200).Data);
        }

        var columns = await ReadAsync(
            directory,
            """
            select t.name || '.' || c.name from sqlite_master as t join pragma_table_info(t.name) as c
            where t.type = 'table' and c.type in ('TEXT', 'BLOB', 'ANY')
            """);
        Assert.Contains("event.data", columns, StringComparer.Ordinal);
        var holding = new List<string>();
        foreach (var column in columns)
        {
            var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
            var found = await ReadAsync(directory, $"""select "{name}" from "{table}" where cast("{name}" as text) like '%@example.com%'""");
            if (found.Count > 0) holding.Add(column);
        }

        Assert.Equal(["customer.email"], holding);
    }

    [Fact]
    public async Task Customers_of_subscriptions_from_before_are_made_at_the_start()
    {
        using var directory = new DataDirectory();
        await using (var before = await TestGateway.StartInAsync(directory))
        {
            await before.SellAsync("a");
            await before.SubscribeAsync("s", "a_offer");
            await before.SubscribeAsync("t", "a_offer", customer: "bob");
        }

        // As an older release left it: the mail address in the subscription, and no customers.
        await ReadAsync(directory, "delete from customer");
        await ReadAsync(directory, "delete from customer_seller");
        await ReadAsync(directory, "delete from setting where name = 'customers_made_to'");
        await ReadAsync(
            directory,
            """update subscription set state = replace(state, '"id":"alice"', '"id":"alice","email":"old@example.com"') where id = 's'""");

        await using var gateway = await TestGateway.StartInAsync(directory);
        await Testing.Eventually.HoldsAsync(
            async () => (await gateway.Admin.GetAsync("/v1/customers")).Expect(200).Data.Count() == 2);
        var alice = (await gateway.Admin.GetAsync("/v1/customers/alice")).Expect(200);
        Assert.Equal(("old@example.com", "2024-01-31T00:00:00Z"), (alice.String("email"), alice.String("created_at")));
        Assert.Equal(
            "old@example.com", (await gateway.ReadAsync("s")).Json.GetProperty("customer").GetProperty("email").GetString());
        Assert.True((await gateway.Admin.GetAsync("/v1/customers/bob")).Expect(200).IsNull("email"));
    }

    [Fact]
    public async Task A_customer_that_a_program_of_before_sold_to_is_made_when_it_is_asked_for()
    {
        using var directory = new DataDirectory();
        await using var gateway = await TestGateway.StartInAsync(directory);
        await gateway.SellAsync("a");
        await gateway.SubscribeAsync("s", "a_offer");
        await ReadAsync(directory, "delete from customer");
        await ReadAsync(directory, "delete from customer_seller");

        Assert.Equal("alice", (await gateway.Admin.GetAsync("/v1/customers/alice")).Expect(200).String("id"));
        (await (await gateway.AsSellerAsync("acme")).GetAsync("/v1/customers/alice")).Expect(200);
        (await gateway.Admin.GetAsync("/v1/customers/bob")).ExpectProblem(404, "customer_not_found");
    }

    private static async Task<List<string>> ReadAsync(DataDirectory directory, string sql)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory.Path, "billing.db"), Pooling = false };
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
