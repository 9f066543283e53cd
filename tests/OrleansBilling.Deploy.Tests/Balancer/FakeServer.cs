using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>A server as the balancer sees one: it is always ready, remembers what it was asked, and may be told to fail.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication web;

    private FakeServer(WebApplication web) => this.web = web;

    /// <summary>What came in, as "POST /v1/…", health checks apart.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What it does with a request whose body it has read.</summary>
    public Func<HttpContext, Task> Behaviour { get; set; } = Answer(200);

    public Uri Address => new(web.Urls.Single());

    public static Func<HttpContext, Task> Answer(int status) => http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Takes the request and is gone without a word, as a process that is killed.</summary>
    public static Task Die(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    public static async Task<FakeServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new FakeServer(builder.Build());
        server.web.Run(server.ServeAsync);
        await server.web.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        if (http.Request.Path == "/health/ready") return;
        await http.Request.Body.CopyToAsync(Stream.Null);
        Requests.Enqueue($"{http.Request.Method} {http.Request.Path}");
        await Behaviour(http);
    }
}
