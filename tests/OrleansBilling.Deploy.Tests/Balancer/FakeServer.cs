using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>A server as the balancer sees it: always ready, records its requests, and fails on demand.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication web;

    private FakeServer(WebApplication web) => this.web = web;

    /// <summary>The requests received, as "POST /v1/…", without health checks.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>How it handles a request after reading its body.</summary>
    public Func<HttpContext, Task> Behaviour { get; set; } = Answer(200);

    public Uri Address => new(web.Urls.Single());

    public static Func<HttpContext, Task> Answer(int status) => http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Drops the connection without an answer, like a killed process.</summary>
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
