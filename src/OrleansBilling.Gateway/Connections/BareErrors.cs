using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Connections;

/// <summary>
/// Some requests are refused by the web server before any route sees them (not HTTP, headers too large or too slow). It answers them
/// without a body. This class adds one, as problem+json like every other refusal. The server reports a bad request before it answers;
/// only from then on is the output of that connection inspected.
/// </summary>
internal static class BareErrors
{
    private const string BadRequestName = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <summary>Passes a connection's output through, except for a bare error.</summary>
    public static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next, RequestIds ids)
    {
        var transport = connection.Transport;
        var output = new BareErrorWriter(transport.Output, ids);
        connection.Features.Set(output);
        connection.Transport = new Duplex(transport.Input, output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    /// <summary>Listens for bad requests reported by this process's web server.</summary>
    public static IDisposable Watch(DiagnosticListener source) =>
        source.Subscribe(new Watcher(), static (name, _, _) => name == BadRequestName);

    /// <summary>The answer with a body that replaces a bare error, or null if the output is not a bare error.</summary>
    public static byte[]? Answer(ReadOnlySpan<byte> written, RequestIds ids)
    {
        if (!written.StartsWith("HTTP/1.1 4"u8) && !written.StartsWith("HTTP/1.1 5"u8)) return null;
        if (written.IndexOf("\r\nContent-Length: 0\r\n"u8) < 0 || !written.EndsWith("\r\n\r\n"u8)) return null;
        var status = (written[9] - '0') * 100 + (written[10] - '0') * 10 + (written[11] - '0');
        var error = ErrorOf(status);
        var problem = JsonSerializer.SerializeToUtf8Bytes(ProblemAnswer.DocumentOf(error), GatewayJson.Default.ProblemDocument);
        var head = Encoding.ASCII.GetString(written[..^2]).Replace(
            "\r\nContent-Length: 0\r\n",
            $"\r\nContent-Length: {problem.Length}\r\nContent-Type: application/problem+json\r\nX-Content-Type-Options: nosniff\r\n" +
                $"{RequestIds.Name}: {ids.New()}\r\n",
            StringComparison.Ordinal);
        return [.. Encoding.ASCII.GetBytes(head), .. "\r\n"u8, .. problem];
    }

    private static ApiError ErrorOf(int status) => status switch
    {
        408 => new(408, "request_timeout", "The request arrived too slowly."),
        411 => new(411, "length_required", "The request has a body but does not state its length."),
        413 => ApiErrors.BodyTooLarge,
        414 => new(414, "uri_too_long", "The request line is too long."),
        431 => new(431, "headers_too_large", "The request's headers are too large or too many."),
        505 => new(505, "http_version_not_supported", "This HTTP version is not supported."),
        _ => new(status, "malformed_request", "The request is not well-formed HTTP."),
    };

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Watcher : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == BadRequestName && value.Value is IFeatureCollection features) features.Get<BareErrorWriter>()?.Expect();
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
