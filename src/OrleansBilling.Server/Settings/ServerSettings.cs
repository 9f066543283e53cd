using NodaTime;
using OrleansBilling.Gateway.Connections;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.Server.Settings;

/// <summary>What a process does.</summary>
internal enum Role
{
    /// <summary>Holds grains and serves the API.</summary>
    All,

    /// <summary>Holds grains; over HTTP it tells its health only.</summary>
    Silo,

    /// <summary>Serves the API, and finds the grains on silos elsewhere.</summary>
    Gateway,
}

/// <summary>Where everything durable is.</summary>
internal enum StorageKind
{
    /// <summary>One file under the data directory.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database, which several processes may share.</summary>
    Postgres,
}

/// <summary>The settings of a process, read and checked before anything is opened.</summary>
internal sealed record ServerSettings
{
    public required Role Role { get; init; }

    public required StorageKind Storage { get; init; }

    /// <summary>The PostgreSQL database; empty with SQLite.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Full path.</summary>
    public required string DataDirectory { get; init; }

    public required ClockMode Clock { get; init; }

    /// <summary>Where a virtual clock begins on a new installation; null for the machine's present instant.</summary>
    public required Instant? ClockStart { get; init; }

    /// <summary>The payment provider; null for the simulator in this process.</summary>
    public required Uri? Payments { get; init; }

    /// <summary>The administrator's key; null to make one at first start.</summary>
    public required string? AdminKey { get; init; }

    /// <summary>What callers, sellers and connections may take.</summary>
    public required EdgeSettings Edge { get; init; }

    /// <summary>Whether SQLite's file is searched for damaged pages before it is used.</summary>
    public required bool ChecksPages { get; init; }

    /// <summary>Where this process's silo stands, or where its cluster is found.</summary>
    public required SiloPlace Place { get; init; }
}
