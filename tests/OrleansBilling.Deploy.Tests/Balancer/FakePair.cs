using System.Text;
using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>Two fake servers behind the real balancer.</summary>
internal sealed class FakePair : IAsyncDisposable
{
    private readonly HttpClient http;

    private FakePair(FakeServer first, FakeServer second, BalancerProcess balancer)
    {
        First = first;
        Second = second;
        Balancer = balancer;
        http = new HttpClient { BaseAddress = balancer.Address };
    }

    public FakeServer First { get; }

    public FakeServer Second { get; }

    public BalancerProcess Balancer { get; }

    public static async Task<FakePair> StartAsync()
    {
        var (first, second) = (await FakeServer.StartAsync(), await FakeServer.StartAsync());
        return new FakePair(first, second, await BalancerProcess.StartAsync(first.Address, second.Address));
    }

    /// <summary>Sends a request. Returns the status, who answered ("server-1", or null for the balancer itself), and the body.</summary>
    public async Task<(int Status, string? Server, string Body)> SendAsync(string method, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (method == "POST") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var server = response.Headers.TryGetValues("X-Server", out var names) ? names.Single() : null;
        return ((int)response.StatusCode, server, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Balancer.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }
}
