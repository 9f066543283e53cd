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
