using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OrleansBilling.Fuzz.Tests.Book;

namespace OrleansBilling.Fuzz.Tests.Checks;

/// <summary>
/// Everything that a request could have changed, as an administrator reads it. Time stands still between requests, so
/// any difference around a refused request was caused by it.
/// </summary>
internal sealed class WorldDigest(HttpClient http, SeededBook book)
{
    public async Task<string> ReadAsync()
    {
        var world = new StringBuilder();
        for (var path = "/v1/subscriptions?limit=200"; path is not null;)
        {
            var page = await GetAsync(path);
            world.Append(page);
            using var parsed = JsonDocument.Parse(page);
            path = parsed.RootElement.GetProperty("next_cursor").GetString() is { } cursor
                ? $"/v1/subscriptions?limit=200&cursor={cursor}"
                : null;
        }

        foreach (var product in book.Products.Distinct()) world.Append(await GetAsync($"/v1/products/{product}"));
        foreach (var offer in book.Offers.Distinct()) world.Append(await GetAsync($"/v1/offers/{offer}"));
        foreach (var coupon in book.Coupons.Distinct()) world.Append(await GetAsync($"/v1/coupons/{coupon}"));
        world.Append(await GetAsync("/v1/balances?limit=200"));
        world.Append(await GetAsync("/v1/messages?limit=200"));
        world.Append(await GetAsync("/v1/clock"));
        return world.ToString();
    }

    /// <summary>The first difference between two digests.</summary>
    public static string Difference(string before, string after)
    {
        var at = 0;
        while (at < before.Length && at < after.Length && before[at] == after[at]) at++;
        return $"…{Around(before, at)}… became …{Around(after, at)}…";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 80)..Math.Min(text.Length, at + 80)];

    private async Task<string> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", FuzzGateway.AdminKey);
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
