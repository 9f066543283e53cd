using System.Threading.Channels;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Systems;
using OrleansBilling.LoadTests.Scenarios.Workloads;

namespace OrleansBilling.LoadTests.Scenarios.Targets;

/// <summary>
/// One command per request, over a fixed number of kept-alive connections without pipelining. Waiting for a free connection
/// counts as latency. So does connecting, which happens at first use because a server closes connections that stay silent.
/// Several gateways share the subscriptions by number, as behind a balancer that hashes the id.
/// </summary>
internal sealed class HttpTarget : ILoadTarget
{
    private readonly IReadOnlyList<Endpoint> endpoints;
    private readonly CommandBodies bodies;

    /// <param name="gateways">The gateways.</param>
    /// <param name="connections">Number of connections over all gateways.</param>
    /// <param name="bodies">Writes requests.</param>
    public HttpTarget(IReadOnlyList<GatewayAddress> gateways, int connections, CommandBodies bodies)
    {
        endpoints = [.. gateways.Select(gateway => new Endpoint(gateway, Math.Max(1, connections / gateways.Count)))];
        this.bodies = bodies;
    }

    public async ValueTask<CommandAnswer> SendAsync(LoadCommand command)
    {
        var endpoint = endpoints[command.Number % endpoints.Count];
        var request = bodies.Request(endpoint.Gateway.Url.Authority, endpoint.Gateway.Key, command);
        var connection = await endpoint.Free.Reader.ReadAsync(CancellationToken.None);
        if (!connection.IsConnected) await connection.ConnectAsync(endpoint.Gateway.Url, CancellationToken.None);
        var status = await connection.ExchangeAsync(request);
        var answer = AnswerReader.Read(status, connection.Body.Span);
        endpoint.Free.Writer.TryWrite(connection);
        return answer;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var endpoint in endpoints) endpoint.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A gateway with its connections.</summary>
    private sealed class Endpoint : IDisposable
    {
        private readonly List<RawConnection> all = [];

        public Endpoint(GatewayAddress gateway, int connections)
        {
            Gateway = gateway;
            for (var n = 0; n < connections; n++) all.Add(new RawConnection());
            foreach (var connection in all) Free.Writer.TryWrite(connection);
        }

        public GatewayAddress Gateway { get; }

        /// <summary>Connections that are not in use.</summary>
        public Channel<RawConnection> Free { get; } = Channel.CreateUnbounded<RawConnection>();

        public void Dispose()
        {
            foreach (var connection in all) connection.Dispose();
        }
    }
}
