using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Keys and tokens are shown once, expire if they should, and stop working when removed.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task A_key_works_until_it_is_removed()
    {
        await using var gateway = await TestGateway.StartAsync();
        var made = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"admin"}""")).Expect(201);
        Assert.StartsWith("ob_admin_", made.String("key"), StringComparison.Ordinal);
        Assert.True(made.IsNull("expires_at"));
        var client = gateway.As(made.String("key"));
        (await client.GetAsync("/v1/clock")).Expect(200);

        (await client.DeleteAsync($"/v1/api-keys/{made.String("id")}")).Expect(204);

        (await client.GetAsync("/v1/clock")).ExpectProblem(401, "invalid_key");
        (await gateway.Admin.DeleteAsync($"/v1/api-keys/{made.String("id")}")).ExpectProblem(404, "key_not_found");
    }

    [Fact]
    public async Task A_token_expires_by_the_machines_clock_however_far_billing_time_is_moved()
    {
        await using var gateway = await TestGateway.StartAsync();
        var made = (await gateway.Admin.PostAsync("/v1/customer-tokens", """{"customer_id":"alice"}""")).Expect(201);
        Assert.Equal(
            TimeSpan.FromHours(1),
            made.Json.GetProperty("expires_at").GetDateTimeOffset() - made.Json.GetProperty("created_at").GetDateTimeOffset());
        var alice = gateway.As(made.String("token"));
        (await alice.GetAsync("/v1/clock")).Expect(200);

        await gateway.AdvanceAsync("2025-01-31T00:00:00Z");
        (await alice.GetAsync("/v1/clock")).Expect(200);
    }

    [Fact]
    public async Task Without_an_admin_key_one_is_made_at_first_start_and_never_again()
    {
        using var directory = new DataDirectory();
        string key;
        await using (var first = await TestGateway.StartInAsync(directory, "--Billing:AdminKey="))
        {
            key = Assert.IsType<string>(first.NewAdminKey);
            (await first.As(key).PostAsync("/v1/api-keys", """{"role":"admin"}""")).Expect(201);
            (await first.Admin.GetAsync("/v1/clock")).Expect(401);
        }

        await using var second = await TestGateway.StartInAsync(directory, "--Billing:AdminKey=");
        Assert.Null(second.NewAdminKey);
        (await second.As(key).GetAsync("/v1/clock")).Expect(200);
    }

    [Fact]
    public async Task Keys_are_listed_without_their_secrets()
    {
        await using var gateway = await TestGateway.StartAsync();
        var made = new List<Reply>();
        for (var n = 0; n < 3; n++)
        {
            var body = $$"""{"role":"seller","seller_id":"acme","name":"job {{n}}","scopes":["statistics","read"]}""";
            made.Add((await gateway.Admin.PostAsync("/v1/api-keys", body)).Expect(201));
        }

        await gateway.AsCustomerAsync("alice");

        var first = (await gateway.Admin.GetAsync("/v1/api-keys?limit=2")).Expect(200);
        var rest = (await gateway.Admin.GetAsync($"/v1/api-keys?limit=2&cursor={first.String("next_cursor")}")).Expect(200);

        Assert.True(rest.IsNull("next_cursor"));
        var listed = first.Data.Concat(rest.Data).ToList();
        Assert.Equal(
            made.Select(key => key.String("id")).Order(StringComparer.Ordinal), listed.Select(key => key.GetProperty("id").GetString()));
        Assert.All(listed, key => Assert.Equal(
            ["id", "name", "role", "seller_id", "customer_id", "party_id", "scopes", "created_at", "expires_at", "last_used_at"],
            key.EnumerateObject().Select(field => field.Name)));
        Assert.All(made, key => Assert.DoesNotContain(key.String("key")!, first.Text + rest.Text, StringComparison.Ordinal));
        var shown = (await gateway.Admin.GetAsync($"/v1/api-keys/{made[1].String("id")}")).Expect(200);
        Assert.Equal("job 1", shown.String("name"));
        Assert.Equal("""["read","statistics"]""", shown.Json.GetProperty("scopes").GetRawText());
        Assert.Equal("""["read","statistics"]""", made[1].Json.GetProperty("scopes").GetRawText());
        (await gateway.Admin.GetAsync("/v1/api-keys/nobody")).ExpectProblem(404, "key_not_found");
        (await gateway.Admin.GetAsync("/v1/api-keys?cursor=!")).ExpectProblem(422, "invalid_cursor", "cursor");
        foreach (var (filter, count) in new[]
        {
            ("role=seller,admin", 3), ("role=partner", 0), ("seller_id=other,acme", 3), ("party_id=acme", 0),
            ("created_from=2000-01-01T00:00:00Z", 3), ("created_to=2000-01-01T00:00:00Z", 0),
        })
            Assert.Equal(count, (await gateway.Admin.GetAsync($"/v1/api-keys?{filter}")).Expect(200).Data.Count());
        (await gateway.Admin.GetAsync("/v1/api-keys?role=customer")).ExpectProblem(422, "invalid_value", "role");
    }

    [Fact]
    public async Task A_partners_key_stands_for_a_party_and_nothing_else()
    {
        await using var gateway = await TestGateway.StartAsync();
        var made = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"partner","party_id":"zoe","name":"Zoe","scopes":["read"]}"""))
            .Expect(201);
        Assert.StartsWith("ob_partner_", made.String("key"), StringComparison.Ordinal);
        Assert.Equal(("partner", "zoe", true), (made.String("role"), made.String("party_id"), made.IsNull("seller_id")));
        var zoe = gateway.As(made.String("key"));
        (await zoe.GetAsync("/v1/balances")).Expect(200);
        (await zoe.GetAsync("/v1/events")).ExpectProblem(403, "forbidden");

        var listed = Assert.Single((await gateway.Admin.GetAsync("/v1/api-keys")).Expect(200).Data);
        Assert.Equal(("partner", "zoe"), (listed.GetProperty("role").GetString(), listed.GetProperty("party_id").GetString()));
        var shown = (await gateway.Admin.GetAsync($"/v1/api-keys/{made.String("id")}")).Expect(200);
        Assert.True(shown.String("role") == "partner" && shown.IsNull("seller_id") && shown.IsNull("customer_id"));

        await gateway.Admin.DeleteAsync($"/v1/api-keys/{made.String("id")}");
        (await zoe.GetAsync("/v1/balances")).ExpectProblem(401, "invalid_key");
        var bare = await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"partner","party_id":"zoe","scopes":["statistics"]}""");
        (await gateway.As(bare.Expect(201).String("key")).GetAsync("/v1/balances")).ExpectProblem(403, "key_out_of_scope");
    }

    [Theory]
    [InlineData("""{"role":"partner"}""", 400, "required", "party_id")]
    [InlineData("""{"role":"partner","party_id":"a b"}""", 422, "invalid_id", "party_id")]
    [InlineData("""{"role":"partner","party_id":"zoe","seller_id":"acme"}""", 422, "ambiguous", "seller_id")]
    [InlineData("""{"role":"seller","seller_id":"acme","party_id":"zoe"}""", 422, "ambiguous", "party_id")]
    [InlineData("""{"role":"admin","party_id":"zoe"}""", 422, "ambiguous", "party_id")]
    [InlineData("""{"role":"admin","seller_id":"acme"}""", 422, "ambiguous", "seller_id")]
    [InlineData("""{"role":"seller"}""", 400, "required", "seller_id")]
    [InlineData("""{"role":"customer","seller_id":"acme"}""", 422, "invalid_value", "role")]
    public async Task Whom_a_key_stands_for_goes_with_its_role(string body, int status, string code, string field)
    {
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.Admin.PostAsync("/v1/api-keys", body)).ExpectProblem(status, code, field);
    }

    [Theory]
    [InlineData("\"expires_at\":\"2020-01-01T00:00:00Z\"", "out_of_range", "expires_at")]
    [InlineData("\"expires_at\":\"2199-01-01T00:00:00Z\"", "out_of_range", "expires_at")]
    [InlineData("\"expires_at\":\"2020-01-01T00:00:00Z\",\"expires_in_seconds\":9", "ambiguous", "expires_at")]
    [InlineData("\"scopes\":[]", "out_of_range", "scopes")]
    [InlineData("\"scopes\":[\"read\",\"read\"]", "duplicate", "scopes[1]")]
    [InlineData("\"scopes\":[\"everything\"]", "invalid_value", "scopes[0]")]
    [InlineData("\"name\":\"\"", "empty", "name")]
    public async Task What_makes_no_sense_for_a_key_is_refused(string fields, string code, string field)
    {
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.Admin.PostAsync("/v1/api-keys", $$"""{"role":"admin",{{fields}}}""")).ExpectProblem(422, code, field);
    }

    [Fact]
    public async Task A_key_expires_when_it_was_told_to()
    {
        await using var gateway = await TestGateway.StartAsync();
        var at = DateTimeOffset.UtcNow.AddDays(2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var made = (await gateway.Admin.PostAsync("/v1/api-keys", $$"""{"role":"admin","expires_at":"{{at}}"}""")).Expect(201);
        Assert.Equal(at, made.String("expires_at"));
        Assert.Equal(at, (await gateway.Admin.GetAsync($"/v1/api-keys/{made.String("id")}")).Expect(200).String("expires_at"));
    }

    [Fact]
    public async Task The_use_of_a_key_is_known_after_a_restart()
    {
        using var directory = new DataDirectory();
        string used;
        string unused;
        await using (var gateway = await TestGateway.StartInAsync(directory))
        {
            var made = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"admin"}""")).Expect(201);
            unused = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"admin"}""")).Expect(201).String("id")!;
            used = made.String("id")!;
            (await gateway.As(made.String("key")).GetAsync("/v1/clock")).Expect(200);
        }

        await using var restarted = await TestGateway.StartInAsync(directory);
        Assert.False((await restarted.Admin.GetAsync($"/v1/api-keys/{used}")).Expect(200).IsNull("last_used_at"));
        Assert.True((await restarted.Admin.GetAsync($"/v1/api-keys/{unused}")).Expect(200).IsNull("last_used_at"));
    }

    [Fact]
    public async Task Secrets_are_stored_as_hashes_only()
    {
        using var directory = new DataDirectory();
        string secret;
        await using (var gateway = await TestGateway.StartInAsync(directory))
        {
            secret = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"seller","seller_id":"acme"}""")).Expect(201).String("key")!;
        }

        foreach (var file in Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories))
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(secret)));
    }
}
