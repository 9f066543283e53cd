using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace OrleansBilling.Delivery.Tests.Harness;

/// <summary>A real web server on loopback. It keeps what it received and answers as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication server;

    private Receiver(WebApplication server) => this.server = server;

    public ConcurrentQueue<Received> Requests { get; } = new();

    public Uri Url => new(server.Urls.Single());

    /// <param name="certificate">Speaks TLS with it.</param>
    public static async Task<Receiver> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is null) return;
            // Offline: the server itself fetches no issuer, and sends this certificate alone.
            var tls = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            };
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls) });
        }));
        var receiver = new Receiver(builder.Build());
        receiver.server.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            receiver.Requests.Enqueue(new Received(
                context.Request.Method, context.Request.Path + context.Request.QueryString, new HeaderDictionary(context.Request.Headers
                    .ToDictionary(StringComparer.OrdinalIgnoreCase)), body.ToArray(), context.Connection.Id));
            await answer(context);
        });
        await receiver.server.StartAsync();
        return receiver;
    }

    /// <summary>Answers with a status and no body.</summary>
    public static Task<Receiver> StartAsync(int status) => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>A request as it came.</summary>
internal sealed record Received(string Method, string Target, IHeaderDictionary Headers, byte[] Body, string Connection);
