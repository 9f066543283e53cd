using Microsoft.Data.Sqlite;
using Npgsql;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>
/// Where the database keeps what makes a person known: a canary in every field that a person fills is looked for in every column. The
/// crash tests look through the log.
/// </summary>
public sealed class PersonalDataTests
{
    private const string Canary = "canary";

    /// <summary>A rare language, because no canary is one.</summary>
    private const string Locale = "gsw-CH";

    /// <summary>Every place where personal data may stand. A seller's own profile is not a customer's, and stands in its row.</summary>
    private static readonly string[] Allowed =
    [
        "customer.data", "customer.email", "customer_word.word", "seller.data", "subscription_message.text", "subscription_text.text",
    ];

    [Fact]
    public async Task Personal_data_stands_in_its_own_rows_only()
    {
        using var directory = new DataDirectory();
        await using (var gateway = await TestGateway.StartInAsync(directory)) await FillAsync(gateway);
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory.Path, "billing.db"), Pooling = false };
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync();

        const string Columns =
            """
            select t.name || '.' || c.name from sqlite_master as t join pragma_table_info(t.name) as c
            where t.type = 'table' and c.type in ('TEXT', 'BLOB', 'ANY')
            """;
        await HoldAsync(connection, Columns, (table, column) => $"""select count(*) from "{table}" where cast("{column}" as text) like """);
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Personal_data_stands_in_its_own_rows_only_on_PostgreSQL(bool hasMasterKey)
    {
        await using var server = await PostgresServer.StartNewAsync(durable: false);
        var database = await server.CreateBillingDatabaseAsync("billing");
        var key = Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray());
        List<string> settings = ["--Billing:Storage=postgres", $"--ConnectionStrings:Billing={database}"];
        if (hasMasterKey) settings.Add($"--Billing:MasterKey={key}");
        await using (var gateway = await TestGateway.StartAsync([.. settings]))
        {
            await FillAsync(gateway);
        }

        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        const string Columns =
            """
            select table_name || '.' || column_name from information_schema.columns
            where table_schema not in ('pg_catalog', 'information_schema')
              and data_type in ('text', 'bytea', 'json', 'jsonb', 'character varying', 'character', 'ARRAY', 'USER-DEFINED')
            """;
        await HoldAsync(
            connection, Columns,
            (table, column) =>
                $"""
                select count(*) from "{table}"
                where case when pg_typeof("{column}") = 'bytea'::regtype
                  then encode("{column}"::text::bytea, 'escape') else "{column}"::text end like
                """);
    }

    /// <summary>Fills every text that a person may, through plain commands, keyed ones and lines, and reads what is shown of it.</summary>
    private static async Task FillAsync(TestGateway gateway)
    {
        var admin = gateway.Admin;
        await gateway.SellAsync("a", productFields: ",\"on_chargeback\":\"keep\"", planFields: ",\"renewal_alert_days\":5");
        (await admin.PutAsync(
            "/v1/sellers/acme",
            """
            {"name":"canary seller","legal_name":"canary ltd","tax_id":"canary-1","email":"canary@seller.example","locale":"gsw-CH",
             "address":{"lines":["canary street"],"city":"canary","region":"canary","postal_code":"canary","country":"CH"}}
            """)).Expect(200);
        foreach (var (id, key) in new[] { ("plain", null), ("keyed", "customer") })
        {
            var body =
                $$"""
                {"id":"{{id}}","email":"canary-{{id}}@example.com","name":"Canary canary-{{id}}","tax_id":"canary-{{id}}","locale":"gsw-CH",
                 "country":"CH"}
                """;
            var made = (await admin.PostAsync("/v1/customers", body, key)).Expect(201);
            if (key is null) continue;
            var again = (await admin.PostAsync("/v1/customers", body, key)).Expect(201);
            Assert.Equal(("true", made.Text), (again.Headers.GetValues("Idempotent-Replayed").Single(), again.Text));
            Assert.Equal(made.Headers.ETag, again.Headers.ETag);
            Assert.Equal(made.Headers.Location, again.Headers.Location);
        }

        foreach (var way in new[] { "plain", "keyed", "lines" })
        {
            var subscribe = Catalog.Subscribe(way, "a_offer", way)
                .Replace("\"email\":\"", "\"email\":\"canary-", StringComparison.Ordinal);
            const string Cancel = "\"at\":\"period_end\",\"reason\":\"too_dear\",\"comment\":\"canary comment\"";
            string? Key(string name) => way == "keyed" ? name : null;
            if (way == "lines")
            {
                var fields = subscribe[$"{{\"id\":\"{way}\",".Length..];
                await TellAsync($"{{\"type\":\"subscribe\",\"subscription_id\":\"{way}\",\"idempotency_key\":\"subscribe\",{fields}");
            }
            else
            {
                (await admin.PostAsync("/v1/subscriptions", subscribe, Key("subscribe"))).Expect(201);
            }

            await gateway.SettleAsync();
            (await admin.PostAsync($"/v1/subscriptions/{way}/messages", """{"text":"canary message"}""", Key("message"))).Expect(201);
            foreach (var (to, amount) in new[] { ("payment_method", 100), ("credit", 200) })
            {
                var refund = $$"""{"amount":{{amount}},"to":"{{to}}","reason":"canary refund"}""";
                for (var time = 0; time < (way == "keyed" ? 2 : 1); time++)
                    (await admin.PostAsync($"/v1/subscriptions/{way}/invoices/1/refund", refund, Key(to))).Expect(200);
            }

            await gateway.SettleAsync();
            var chargeback = $$"""{"key":"{{way}}:1:1","amount":100,"reason":"canary chargeback"}""";
            (await admin.PostAsync("/v1/payments/chargebacks", chargeback, Key("back"))).Expect(200);
            if (way == "lines") await TellAsync($"{{\"type\":\"cancel\",\"subscription_id\":\"{way}\",{Cancel}}}");
            else (await admin.PostAsync($"/v1/subscriptions/{way}/cancel", $"{{{Cancel}}}", Key("cancel"))).Expect(200);
        }

        await ShowAsync(gateway);
        await gateway.AdvanceAsync("2024-03-05T00:00:00Z");
        await ShowAsync(gateway);

        async Task TellAsync(string line)
        {
            var answer = (await admin.StreamAsync(line)).Expect(200);
            Assert.DoesNotContain("\"error\"", answer.Text, StringComparison.Ordinal);
        }
    }

    private static async Task ShowAsync(TestGateway gateway)
    {
        var admin = gateway.Admin;
        const string Comment = "canary comment";
        static string? CommentIn(System.Text.Json.JsonElement shown) =>
            shown.GetProperty("cancellation").ValueKind == System.Text.Json.JsonValueKind.Null
                ? null
                : shown.GetProperty("cancellation").GetProperty("comment").GetString();

        Assert.All((await admin.GetAsync("/v1/subscriptions")).Expect(200).Data, one => Assert.Equal(Comment, CommentIn(one)));
        foreach (var way in new[] { "plain", "keyed", "lines" })
        {
            Assert.Equal(Comment, CommentIn((await admin.GetAsync($"/v1/subscriptions/{way}")).Expect(200).Json));
            var then = await admin.GetAsync($"/v1/subscriptions/{way}?as_of=2024-01-31T12:00:00Z");
            Assert.Equal(Comment, CommentIn(then.Expect(200).Json));
            var events = (await admin.GetAsync($"/v1/subscriptions/{way}/events?limit=200")).Expect(200);
            foreach (var (type, text) in new[]
            {
                ("cancellation_scheduled", Comment), ("refund_requested", "canary refund"), ("credit_granted", "canary refund"),
                ("charged_back", "canary chargeback"),
            })
            {
                Assert.Contains(
                    events.Data,
                    e => e.GetProperty("type").GetString() == type && e.GetRawText().Contains(text, StringComparison.Ordinal) &&
                        !e.GetRawText().Contains("_sequence", StringComparison.Ordinal));
            }

            var notes = (await admin.GetAsync($"/v1/subscriptions/{way}/credit-notes")).Expect(200).Data.ToList();
            Assert.Equal(["canary refund", "canary refund"], notes.Select(note => note.GetProperty("reason").GetString()));
            var back = Assert.Single((await admin.GetAsync($"/v1/subscriptions/{way}/chargebacks")).Expect(200).Data);
            Assert.Equal("canary chargeback", back.GetProperty("reason").GetString());
        }

        await Eventually.HoldsAsync(async () =>
            (await admin.GetAsync("/v1/credit-notes")).Expect(200).Data.Count(
                note => note.GetProperty("reason").GetString() == "canary refund") == 6 &&
            (await admin.GetAsync("/v1/chargebacks")).Expect(200).Data.Count(
                back => back.GetProperty("reason").GetString() == "canary chargeback") == 3);
        await Eventually.HoldsAsync(async () =>
            (await admin.GetAsync("/v1/events?types=subscription.cancel_scheduled")).Expect(200).Data.Count(
                e => CommentIn(e.GetProperty("data").GetProperty("subscription")) == Comment) == 3);
        var found = (await admin.GetAsync("/v1/search?q=keyed")).Expect(200).Data
            .First(one => one.GetProperty("type").GetString() == "subscription");
        Assert.Equal(Comment, CommentIn(found.GetProperty("subscription")));
    }

    private static async Task HoldAsync(
        System.Data.Common.DbConnection connection, string columnsSql, Func<string, string, string> countSql)
    {
        var columns = await ReadAsync(connection, columnsSql);
        foreach (var known in new[] { "event.data", "subscription.state", "request_memory.content", "outbox.data", "credit_note.reason" })
            Assert.Contains(known, columns, StringComparer.Ordinal);
        foreach (var (text, allowed) in new[] { (Canary, Allowed), (Locale, ["customer.data", "seller.data"]) })
        {
            var holding = new List<string>();
            foreach (var column in columns)
            {
                var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
                if (await ReadAsync(connection, $"{countSql(table, name)} '%{text}%'") is not ["0"]) holding.Add(column);
            }

            Assert.Equal(allowed.Order(StringComparer.Ordinal), holding.Order(StringComparer.Ordinal));
        }
    }

    private static async Task<List<string>> ReadAsync(System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)!);
        return rows;
    }
}
