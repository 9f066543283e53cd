using Microsoft.Data.Sqlite;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Where the database keeps what makes a person known.</summary>
public sealed class CustomerDataTests
{
    [Fact]
    public async Task Texts_of_an_older_release_are_moved_at_the_start()
    {
        using var directory = new DataDirectory();
        await using (var before = await TestGateway.StartInAsync(directory))
        {
            await GivenOldTextsAsync(before);
            await Testing.Eventually.HoldsAsync(async () =>
                (await before.Admin.GetAsync("/v1/chargebacks")).Expect(200).Data.Any() &&
                (await before.Admin.GetAsync("/v1/credit-notes")).Expect(200).Data.Any());
        }

        await MakeOldAsync(directory);
        await ReadAsync(directory, "delete from setting where name = 'texts_moved_to'");
        Assert.Contains("event.data", await HoldingAsync(directory, "%Old words%"));

        await using var gateway = await TestGateway.StartInAsync(directory);
        await Testing.Eventually.HoldsAsync(async () =>
            (await ReadAsync(directory, "select value from setting where name = 'texts_moved_to'")) is ["*"]);
        await Testing.Eventually.HoldsAsync(async () => await HoldingAsync(directory, "%Old words%") is ["subscription_text.text"]);

        foreach (var query in new[] { "", "?as_of=2024-01-31T12:00:00Z" })
            Assert.Equal("Old words", CommentOf(await gateway.Admin.GetAsync("/v1/subscriptions/s" + query)));
        await gateway.AdvanceAsync("2024-03-05T00:00:00Z");
        Assert.Equal("Old words", CommentOf(await gateway.ReadAsync("s")));
        foreach (var list in new[] { "/v1/credit-notes", "/v1/chargebacks", "/v1/subscriptions/s/credit-notes" })
        {
            var listed = Assert.Single((await gateway.Admin.GetAsync(list)).Expect(200).Data);
            Assert.Equal("Old words", listed.GetProperty("reason").GetString());
        }

        var events = (await gateway.Admin.GetAsync("/v1/subscriptions/s/events")).Expect(200).Data;
        Assert.Equal(4, events.Count(e => e.GetRawText().Contains("Old words", StringComparison.Ordinal)));
        Assert.Equal(["subscription_text.text"], await HoldingAsync(directory, "%Old words%"));
    }

    [Fact]
    public async Task A_subscription_of_an_older_release_hands_its_comment_over_with_its_next_command()
    {
        using var directory = new DataDirectory();
        await using (var before = await TestGateway.StartInAsync(directory)) await GivenOldTextsAsync(before);
        await MakeOldAsync(directory);

        await using var gateway = await TestGateway.StartInAsync(directory);
        Assert.Equal("Old words", CommentOf(await gateway.ReadAsync("s")));
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/messages", """{"text":"Hello"}""")).Expect(201);
        Assert.DoesNotContain("subscription.state", await HoldingAsync(directory, "%Old words%"));
        Assert.Equal("Old words", CommentOf(await gateway.ReadAsync("s")));

        await gateway.AdvanceAsync("2024-03-05T00:00:00Z");
        Assert.Equal(("Old words", "canceled"), (CommentOf(await gateway.ReadAsync("s")), (await gateway.ReadAsync("s")).String("status")));
        Assert.Empty(await ReadAsync(directory, "select data from event where type = 'canceled' and data like '%Old words%'"));
    }

    /// <summary>An older release had a scheduled cancellation that is done by the program of today.</summary>
    [Fact]
    public async Task A_cancellation_that_an_older_release_scheduled_hands_its_comment_over_when_it_is_done()
    {
        using var directory = new DataDirectory();
        await using (var before = await TestGateway.StartInAsync(directory)) await GivenOldTextsAsync(before);
        await MakeOldAsync(directory);

        await using var gateway = await TestGateway.StartInAsync(directory);
        await gateway.AdvanceAsync("2024-03-05T00:00:00Z");
        Assert.Equal("Old words", CommentOf(await gateway.ReadAsync("s")));
        Assert.Empty(await ReadAsync(directory, "select data from event where type = 'canceled' and data like '%Old words%'"));
        Assert.DoesNotContain("subscription.state", await HoldingAsync(directory, "%Old words%"));
    }

    private static async Task GivenOldTextsAsync(TestGateway gateway)
    {
        await gateway.SellAsync("a", productFields: ",\"on_chargeback\":\"keep\"");
        await gateway.SubscribeAsync("s", "a_offer");
        (await gateway.Admin.PostAsync(
            "/v1/subscriptions/s/invoices/1/refund", """{"amount":100,"to":"credit","reason":"New words"}""")).Expect(200);
        (await gateway.Admin.PostAsync(
            "/v1/payments/chargebacks", """{"key":"s:1:1","amount":100,"reason":"New words"}""")).Expect(200);
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/cancel", """{"at":"period_end","comment":"New words"}""")).Expect(200);
    }

    /// <summary>As an older release left it: the texts stand in events, the snapshot, a checkpoint and the lists.</summary>
    private static async Task MakeOldAsync(DataDirectory directory)
    {
        static string Old(string column, string owner, string field) =>
            $"json_remove(json_set({column}, '{owner}.{field}', 'Old words'), '{owner}.{field}_sequence')";
        await ReadAsync(
            directory,
            $"update event set data = {Old("data", "$.cancellation", "comment")} where type in ('canceled', 'cancellation_scheduled')");
        await ReadAsync(
            directory, $"update event set data = {Old("data", "$", "reason")} where type in ('credit_granted', 'charged_back')");
        await ReadAsync(
            directory, $"update subscription set state = {Old("state", "$.state.cancellation_scheduled.cancellation", "comment")}");
        await ReadAsync(
            directory, "insert into checkpoint (subscription_id, sequence, at, state) select id, version, 0, state from subscription");
        foreach (var list in new[] { "credit_note", "chargeback" })
            await ReadAsync(directory, $"update {list} set reason = 'Old words', reason_sequence = null");
        await ReadAsync(directory, "update invoice set data = replace(data, '\"reason_sequence\":', '\"reason\":\"Old words\",\"was\":')");
        await ReadAsync(directory, "delete from subscription_text");
    }

    private static string? CommentOf(Reply reply) =>
        reply.Expect(200).Json.GetProperty("cancellation").GetProperty("comment").GetString();

    [Fact]
    public async Task Personal_data_of_an_older_release_is_moved_at_the_start()
    {
        using var directory = new DataDirectory();
        await using (var before = await TestGateway.StartInAsync(directory))
        {
            await before.SellAsync("a", planFields: ",\"renewal_alert_days\":5");
            await before.SubscribeAsync("s", "a_offer");
            await before.SubscribeAsync("t", "a_offer", customer: "bob");
            await before.AdvanceAsync("2024-02-25T00:00:00Z");
        }

        // As an older release left it: mail addresses in subscriptions, events and messages, and no customers.
        await ReadAsync(directory, "delete from customer");
        await ReadAsync(directory, "delete from customer_seller");
        await ReadAsync(directory, "delete from setting where name in ('persons_moved_to', 'customers_made_to')");
        const string Email = """'"id":"alice"', '"id":"alice","email":"old\u00e9@example.com"'""";
        await ReadAsync(directory, $"update subscription set state = replace(state, {Email})");
        await ReadAsync(directory, $"update event set data = replace(data, {Email})");
        await ReadAsync(directory, $"update outbox set data = replace(data, {Email})");
        await ReadAsync(
            directory, "insert into checkpoint (subscription_id, sequence, at, state) select id, version, 0, state from subscription");

        await using var gateway = await TestGateway.StartInAsync(directory);
        await Testing.Eventually.HoldsAsync(async () =>
            (await ReadAsync(directory, "select value from setting where name = 'persons_moved_to'")) is ["*"]);

        Assert.Equal(["customer.email"], await HoldingAsync(directory, "%@example.com%"));
        var alice = (await gateway.Admin.GetAsync("/v1/customers/alice")).Expect(200);
        Assert.Equal(("oldé@example.com", "2024-01-31T00:00:00Z"), (alice.String("email"), alice.String("created_at")));
        Assert.True((await gateway.Admin.GetAsync("/v1/customers/bob")).Expect(200).IsNull("email"));
        var then = await gateway.Admin.GetAsync("/v1/subscriptions/s?as_of=2024-01-31T00:00:00Z");
        foreach (var shown in new[] { (await gateway.ReadAsync("s")).Json, then.Expect(200).Json })
            Assert.Equal("oldé@example.com", shown.GetProperty("customer").GetProperty("email").GetString());
        await gateway.AdvanceAsync("2024-03-05T00:00:00Z");
        Assert.Equal(2, (await gateway.ReadAsync("s")).Number("paid_recurrences"));
    }

    [Fact]
    public async Task A_subscription_of_an_older_release_hands_its_mail_address_over_with_its_next_command()
    {
        using var directory = new DataDirectory();
        await using (var before = await TestGateway.StartInAsync(directory))
        {
            await before.SellAsync("a", planFields: ",\"renewal_alert_days\":5");
            await before.SubscribeAsync("s", "a_offer");
        }

        await ReadAsync(directory, "delete from customer");
        await ReadAsync(
            directory,
            """update subscription set state = replace(state, '"id":"alice"', '"id":"alice","email":"old@example.com"') where id = 's'""");

        await using var gateway = await TestGateway.StartInAsync(directory);
        Assert.Equal("old@example.com", (await gateway.ReadAsync("s")).Json.GetProperty("customer").GetProperty("email").GetString());
        await gateway.AdvanceAsync("2024-03-05T00:00:00Z");

        Assert.Equal(["customer.email"], await HoldingAsync(directory, "%@example.com%"));
        Assert.Equal("old@example.com", (await gateway.Admin.GetAsync("/v1/customers/alice")).Expect(200).String("email"));
        var message = (await gateway.Admin.GetAsync("/v1/messages")).Expect(200).Data.First().GetProperty("data");
        Assert.Equal("old@example.com", message.GetProperty("customer").GetProperty("email").GetString());
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

        await gateway.SellAsync("b", seller: "other");
        var (seller, other) = (await gateway.AsSellerAsync("acme"), await gateway.AsSellerAsync("other"));
        (await other.PostAsync("/v1/subscriptions", Catalog.Subscribe("t", "b_offer").Replace("alice@", "eve@", StringComparison.Ordinal)))
            .ExpectProblem(422, "customer_unknown", "customer.id");
        await ReadAsync(directory, "delete from customer");
        await ReadAsync(directory, "delete from customer_seller");
        (await other.GetAsync("/v1/customers/alice")).ExpectProblem(404, "customer_not_found");
        Assert.Equal("alice", (await seller.GetAsync("/v1/customers/alice")).Expect(200).String("id"));
        Assert.Single((await seller.GetAsync("/v1/customers/alice/entitlements")).Expect(200).Data);
        (await gateway.Admin.GetAsync("/v1/customers/bob")).ExpectProblem(404, "customer_not_found");
    }

    /// <summary>The columns in which a text stands.</summary>
    private static async Task<List<string>> HoldingAsync(DataDirectory directory, string pattern)
    {
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
            var found = await ReadAsync(directory, $"""select "{name}" from "{table}" where cast("{name}" as text) like '{pattern}'""");
            if (found.Count > 0) holding.Add(column);
        }
        return holding;
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
