using System.Text;
using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>Two fake gateways behind the real balancer.</summary>
internal sealed class FakePair : IAsyncDisposable
{
    private readonly HttpClient http;

    private FakePair(FakeGateway first, FakeGateway second, BalancerProcess balancer)
    {
        First = first;
        Second = second;
        Balancer = balancer;
        http = new HttpClient { BaseAddress = balancer.Address };
    }

    public FakeGateway First { get; }

    public FakeGateway Second { get; }

    public BalancerProcess Balancer { get; }

    public static async Task<FakePair> StartAsync()
    {
        var (first, second) = (await FakeGateway.StartAsync(), await FakeGateway.StartAsync());
        return new FakePair(first, second, await BalancerProcess.StartAsync(first.Address, second.Address));
    }

    /// <summary>Sends a request; the status, who answered ("gateway-1", or null for the balancer itself), and the body.</summary>
    public async Task<(int Status, string? Gateway, string Body)> SendAsync(string method, string path, string? key = null, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (method == "POST") request.Content = new StringContent(body ?? "{}", Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var gateway = response.Headers.TryGetValues("X-Gateway", out var names) ? names.Single() : null;
        return ((int)response.StatusCode, gateway, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Who answers for a subscription.</summary>
    public async Task<string?> OwnerAsync(string id) => (await SendAsync("GET", $"/v1/subscriptions/{id}")).Gateway;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Balancer.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }
}
