using System.Threading.Channels;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Systems;
using OrleansBilling.LoadTests.Scenarios.Workloads;

namespace OrleansBilling.LoadTests.Scenarios.Targets;

/// <summary>
/// One command a request, over a fixed number of kept-alive connections without pipelining. A command that finds none free
/// waits for one, which counts as latency. Several gateways share the subscriptions by number, as behind a balancer that
/// hashes the id.
/// </summary>
internal sealed class HttpTarget : ILoadTarget
{
    private readonly IReadOnlyList<Endpoint> endpoints;
    private readonly CommandBodies bodies;

    private HttpTarget(IReadOnlyList<Endpoint> endpoints, CommandBodies bodies)
    {
        this.endpoints = endpoints;
        this.bodies = bodies;
    }

    /// <param name="gateways">Where they listen.</param>
    /// <param name="connections">Over all gateways.</param>
    /// <param name="bodies">Writes requests.</param>
    /// <param name="cancellationToken">Gives up connecting.</param>
    public static async Task<HttpTarget> ConnectAsync(
        IReadOnlyList<GatewayAddress> gateways, int connections, CommandBodies bodies, CancellationToken cancellationToken)
    {
        var endpoints = new List<Endpoint>();
        foreach (var gateway in gateways)
            endpoints.Add(await Endpoint.ConnectAsync(gateway, Math.Max(1, connections / gateways.Count), cancellationToken));
        return new HttpTarget(endpoints, bodies);
    }

    public async ValueTask<CommandAnswer> SendAsync(LoadCommand command)
    {
        var endpoint = endpoints[command.Number % endpoints.Count];
        var request = bodies.Request(endpoint.Gateway.Url.Authority, endpoint.Gateway.Key, command);
        var connection = await endpoint.Free.Reader.ReadAsync(CancellationToken.None);
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
    private sealed class Endpoint(GatewayAddress gateway) : IDisposable
    {
        private readonly List<RawConnection> all = [];

        public GatewayAddress Gateway => gateway;

        /// <summary>Connections that nobody uses at the moment.</summary>
        public Channel<RawConnection> Free { get; } = Channel.CreateUnbounded<RawConnection>();

        public static async Task<Endpoint> ConnectAsync(GatewayAddress gateway, int connections, CancellationToken cancellationToken)
        {
            var endpoint = new Endpoint(gateway);
            for (var n = 0; n < connections; n++)
            {
                var connection = new RawConnection();
                endpoint.all.Add(connection);
                await connection.ConnectAsync(gateway.Url, cancellationToken);
                endpoint.Free.Writer.TryWrite(connection);
            }

            return endpoint;
        }

        public void Dispose()
        {
            foreach (var connection in all) connection.Dispose();
        }
    }
}
