using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Products and plans have a text for people who may buy them.</summary>
public sealed class DescriptionTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public static TheoryData<string, string> Kinds => new()
    {
        { "/v1/products", "{\"id\":\"it\",\"seller_id\":\"acme\",\"name\":\"It\"" },
        { "/v1/plans", """{"id":"it","product_id":"gold_product","name":"It","interval":{"unit":"month","count":1}""" },
    };

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_is_given_at_the_creation_shown_to_everybody_and_changed_or_removed_later(string path, string body)
    {
        const string Text = "Recipes, every week.\n\t“À la carte” 🥘";
        var created = (await gateway.Admin.PostAsync(path, $"{body},\"description\":{JsonSerializer.Serialize(Text)}}}")).Expect(201);
        Assert.Equal(Text, created.String("description"));
        foreach (var reader in new[]
            {
                gateway.Admin, await gateway.AsSellerAsync("acme"), await gateway.AsSellerAsync("other"),
                await gateway.AsCustomerAsync("alice"),
            })
            Assert.Equal((Text, Text), await ShownAsync(reader, path));

        var seller = await gateway.AsSellerAsync("acme");
        var changed = (await PatchAsync(seller, path, """{"description":"New"}""")).Expect(200);
        Assert.Equal(("New", "It", "\"2\""), (changed.String("description"), changed.String("name"), changed.Headers.ETag?.ToString()));
        Assert.Equal(("New", "New"), await ShownAsync(gateway.Admin, path));
        Assert.Equal("\"2\"", (await PatchAsync(seller, path, """{"description":"New"}""")).Expect(200).Headers.ETag?.ToString());

        Assert.Equal("New", (await PatchAsync(seller, path, """{"name":"Other"}""")).Expect(200).String("description"));
        Assert.True((await PatchAsync(seller, path, """{"description":null}""")).Expect(200).IsNull("description"));
        Assert.Equal((null, null), await ShownAsync(gateway.Admin, path));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_one_it_is_null(string path, string body)
    {
        Assert.True((await gateway.Admin.PostAsync(path, body + "}")).Expect(201).IsNull("description"));
        Assert.Equal((null, null), await ShownAsync(gateway.Admin, path));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_is_bounded_and_a_fault_names_it(string path, string body)
    {
        (await gateway.Admin.PostAsync(path, $"{body},\"description\":\"{Balloons(2_000)}\"}}")).Expect(201);
        var faults = new[]
        {
            ($"\"{Balloons(2_001)}\"", 422, "too_long"), ("\"\"", 422, "empty"), ("\"\\u0007\"", 422, "invalid_text"),
            ("7", 400, "wrong_type"),
        };
        foreach (var (value, status, code) in faults)
        {
            (await gateway.Admin.PostAsync(path, $"{body},\"description\":{value}}}")).ExpectProblem(status, code, "description");
            (await PatchAsync(gateway.Admin, path, $"{{\"description\":{value}}}")).ExpectProblem(status, code, "description");
        }

        (await PatchAsync(await gateway.AsSellerAsync("other"), path, """{"description":"Mine"}""")).Expect(404);
        (await PatchAsync(await gateway.AsCustomerAsync("alice"), path, """{"description":"Mine"}""")).ExpectProblem(403, "forbidden");
        Assert.Equal(Balloons(2_000), (await ShownAsync(gateway.Admin, path)).Alone);

        static string Balloons(int count) => string.Concat(Enumerable.Repeat("🎈", count));
    }

    private static Task<Reply> PatchAsync(ApiClient by, string path, string patch) => by.SendAsync(HttpMethod.Patch, $"{path}/it", patch);

    private static async Task<(string? Alone, string? Listed)> ShownAsync(ApiClient by, string path)
    {
        var listed = (await by.GetAsync(path)).Expect(200).Data.Single(one => one.GetProperty("id").GetString() == "it");
        return ((await by.GetAsync($"{path}/it")).Expect(200).String("description"), listed.GetProperty("description").GetString());
    }
}
