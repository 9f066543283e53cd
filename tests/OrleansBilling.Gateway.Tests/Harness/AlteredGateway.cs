using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Gateway.Connections;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.OpenApi;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Server.Settings;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>The routes of a gateway with some ports replaced, to test failures that are hard to provoke in a complete gateway.</summary>
internal sealed class AlteredGateway : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly HttpClient http;

    private AlteredGateway(WebApplication web)
    {
        this.web = web;
        http = new HttpClient { BaseAddress = new Uri(web.Urls.First()), Timeout = TimeSpan.FromSeconds(30) };
        Admin = As(TestGateway.AdminKey);
    }

    public ApiClient Admin { get; }

    public ApiClient As(string? key) => new(http, key);

    /// <param name="gateway">Provides the other ports.</param>
    /// <param name="replace">Adds the replacements. Each replaces the port of the same type.</param>
    public static async Task<AlteredGateway> StartAsync(TestGateway gateway, Action<IServiceCollection> replace)
    {
        IServiceCollection ports = new ServiceCollection();
        ports.Add(gateway.Ports);
        replace(ports);
        var ids = new RequestIds(gateway.Port<Ids>());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(options => KestrelLimits.Apply(options, SettingsReader.Read(builder.Configuration).Edge, ids));
        builder.Services.AddApiDescription();
        var web = builder.Build();
        var boundary = new ErrorBoundary(ids, NullLogger<ErrorBoundary>.Instance);
        web.Use(next => context => boundary.InvokeAsync(context, next));
        web.MapApi(ports);
        await web.StartAsync();
        return new AlteredGateway(web);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await web.DisposeAsync();
    }
}
