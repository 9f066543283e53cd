using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>POST /v1/commands through the balancer: the answer to a line arrives before the next line is sent.</summary>
public sealed class StreamingTests
{
    [NeedsFact(["haproxy", "postgres"])]
    public async Task A_line_is_answered_while_the_stream_is_still_open()
    {
        await using var marketplace = await BalancedMarketplace.OpenAsync(providerLatency: TimeSpan.Zero);
        await marketplace.StartAsync();
        using (var client = new BillingClient(marketplace.Balancer.Address, ServerSettings.AdminKey)) await DailyOffer.AddAsync(client);

        using var connection = new TcpClient();
        await connection.ConnectAsync(marketplace.Balancer.Address.Host, marketplace.Balancer.Address.Port);
        await using var stream = connection.GetStream();
        using var reader = new StreamReader(stream);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/commands HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {ServerSettings.AdminKey}\r\n" +
            "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var n = 1; n <= 5; n++)
        {
            var line = DailyOffer.Line($"s{n}").ToJsonString() + "\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line.Length.ToString("x", CultureInfo.InvariantCulture)}\r\n{line}\r\n"));
            Assert.Equal((n, 201), await ReadAnswerAsync(reader, deadline.Token));
        }

        await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
        string? last;
        do last = await reader.ReadLineAsync(deadline.Token);
        while (last is not "0");
    }

    /// <summary>The line number and status of the next answer. Skips chunk headers.</summary>
    private static async Task<(int Line, int Status)> ReadAnswerAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        string? text;
        do text = await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("The stream ended.");
        while (!text.StartsWith('{'));
        var answer = JsonNode.Parse(text)!;
        return (answer["line"]!.GetValue<int>(), answer["status"]!.GetValue<int>());
    }
}
