using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Connections;

/// <summary>Limits for callers, sellers and connections of this process.</summary>
internal sealed record EdgeSettings
{
    /// <summary>The limit on file descriptors and the number of connections derived from it.</summary>
    public required DescriptorLimit Descriptors { get; init; }

    /// <summary>The most connections per address.</summary>
    public required int ConnectionsPerAddress { get; init; }

    /// <summary>The most bytes of products, plans and offers cached in memory.</summary>
    public required long CatalogCacheBytes { get; init; }

    public required EdgeLimits Limits { get; init; }
}
