using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Connections;

/// <summary>What callers, sellers and connections may take of this process.</summary>
internal sealed record EdgeSettings
{
    /// <summary>What the process may open, and how many connections follow from it.</summary>
    public required DescriptorLimit Descriptors { get; init; }

    /// <summary>Connections of one address.</summary>
    public required int ConnectionsPerAddress { get; init; }

    /// <summary>Bytes of products, plans and offers that are kept in memory.</summary>
    public required long CatalogCacheBytes { get; init; }

    public required EdgeLimits Limits { get; init; }
}
