using System.Net;

namespace OrleansBilling.Delivery.Outbound;

/// <summary>The limits of <see cref="OutboundClient"/>.</summary>
public sealed record OutboundOptions
{
    /// <summary>Also connects to addresses that are not public, and without TLS: for tests and closed networks.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>Finds the addresses of a name.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>For one whole exchange: resolve, connect, send, read.</summary>
    public TimeSpan ExchangeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For a new connection with all its addresses, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Afterwards a new connection is made, so the addresses of its name are checked again.</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After so long without a request a connection is closed.</summary>
    public TimeSpan ConnectionIdle { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The most connections to one host. Who sends more at once waits; webhooks never do, because their slots are fewer.</summary>
    public int ConnectionsPerHostMax { get; init; } = 96;

    /// <summary>So much of an answer's body is read, to use its connection again. If there is more, the connection is closed.</summary>
    public int AnswerBytesMax { get; init; } = 16 * 1024;
}
