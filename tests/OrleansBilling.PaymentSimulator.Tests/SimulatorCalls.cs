using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace OrleansBilling.PaymentSimulator.Tests;

/// <summary>The status and JSON of an answer.</summary>
internal sealed record Reply(HttpStatusCode Status, JsonElement Json)
{
    public string? Text(string property) => Json.GetProperty(property).GetString();

    public long Number(string property) => Json.GetProperty(property).GetInt64();

    public bool Has(string property) => Json.TryGetProperty(property, out _);
}

/// <summary>Calls the simulator with plain HTTP, as a client without this code would.</summary>
internal static class SimulatorCalls
{
    public static Task<Reply> ChargeAsync(
        this HttpClient client, string key, string token = "tok_ok", long amount = 2_990, string currency = "BRL", int attempt = 1) =>
        client.PostAsync("v1/charges", new { key, token, amount, currency, attempt });

    public static Task<Reply> RefundAsync(this HttpClient client, string key, string chargeKey, long amount, string currency = "BRL") =>
        client.PostAsync("v1/refunds", new { key, charge_key = chargeKey, amount, currency });

    public static async Task<Reply> PostAsync(this HttpClient client, string path, object body)
    {
        using var content = JsonContent.Create(body);
        using var response = await client.PostAsync(path, content);
        return await ReadAsync(response);
    }

    public static async Task<Reply> PostTextAsync(this HttpClient client, string path, string body, string contentType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        using var response = await client.PostAsync(path, content);
        return await ReadAsync(response);
    }

    public static async Task<Reply> PostNothingAsync(this HttpClient client, string path)
    {
        using var response = await client.PostAsync(path, content: null);
        return await ReadAsync(response);
    }

    public static async Task<Reply> ReadAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await ReadAsync(response);
    }

    private static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        var expected = response.IsSuccessStatusCode ? "application/json" : "application/problem+json";
        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
        return new Reply(response.StatusCode, json);
    }
}
