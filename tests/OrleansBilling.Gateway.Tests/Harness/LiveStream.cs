using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>A POST /v1/commands over a plain socket, so that a test can read answers while it still sends lines.</summary>
internal sealed class LiveStream : IDisposable
{
    private readonly TcpClient client;
    private readonly NetworkStream stream;
    private readonly StreamReader reader;
    private readonly StringBuilder received = new();
    private bool headersRead;
    private bool lastChunkRead;

    private LiveStream(TcpClient client)
    {
        this.client = client;
        stream = client.GetStream();
        reader = new StreamReader(stream, Encoding.Latin1);
    }

    public static async Task<LiveStream> OpenAsync(TestGateway gateway)
    {
        var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port);
        var live = new LiveStream(client);
        await live.WriteAsync(
            $"POST /v1/commands HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {TestGateway.AdminKey}\r\n" +
            "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
        return live;
    }

    public Task SendAsync(string line)
    {
        var bytes = Encoding.UTF8.GetByteCount(line) + 1;
        return WriteAsync($"{bytes.ToString("x", CultureInfo.InvariantCulture)}\r\n{line}\n\r\n");
    }

    public Task EndAsync() => WriteAsync("0\r\n\r\n");

    /// <summary>The next answer; null at the end of the response.</summary>
    public async Task<JsonElement?> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            for (var n = 0; n < received.Length; n++)
            {
                if (received[n] != '\n') continue;
                var line = received.ToString(0, n);
                received.Remove(0, n + 1);
                return JsonDocument.Parse(line).RootElement;
            }

            if (!await ReadChunkAsync(deadline.Token)) return null;
        }
    }

    /// <summary>Reads to the end. Returns whether the response ended properly and was not cut off.</summary>
    public async Task<bool> EndsWholeAsync()
    {
        try
        {
            while (await ReadAsync() is not null)
            {
            }
        }
        catch (IOException)
        {
            return false;
        }

        return lastChunkRead;
    }

    public void Dispose()
    {
        reader.Dispose();
        client.Dispose();
    }

    private async Task<bool> ReadChunkAsync(CancellationToken cancellationToken)
    {
        if (!headersRead)
        {
            Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync(cancellationToken));
            while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 })
            {
            }

            headersRead = true;
        }

        if (await reader.ReadLineAsync(cancellationToken) is not { Length: > 0 } size) return false;
        var chunk = new char[int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture)];
        lastChunkRead = chunk.Length == 0;
        if (lastChunkRead) return false;
        await reader.ReadBlockAsync(chunk, cancellationToken);
        received.Append(chunk);
        await reader.ReadLineAsync(cancellationToken);
        return true;
    }

    private async Task WriteAsync(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
}
