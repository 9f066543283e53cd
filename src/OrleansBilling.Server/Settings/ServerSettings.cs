using System.Net;
using NodaTime;
using OrleansBilling.Console;
using OrleansBilling.Gateway.Connections;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Tls;

namespace OrleansBilling.Server.Settings;

/// <summary>The role of a process.</summary>
internal enum Role
{
    /// <summary>Runs grains and serves the API.</summary>
    All,

    /// <summary>Runs grains. Over HTTP it reports only its health.</summary>
    Silo,

    /// <summary>Serves the API and calls grains on silos in other processes.</summary>
    Gateway,
}

/// <summary>Where durable data is stored.</summary>
internal enum StorageKind
{
    /// <summary>One file in the data directory.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database, which several processes may share.</summary>
    Postgres,
}

/// <summary>Who may read a process's metrics from it. Over OTLP they are sent in any case, if an endpoint is set.</summary>
internal enum MetricsPageKind
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>A Prometheus server, at /metrics.</summary>
    Prometheus,
}

/// <summary>The settings of a process. They are read and checked before anything is opened.</summary>
internal sealed record ServerSettings
{
    public required Role Role { get; init; }

    public required StorageKind Storage { get; init; }

    /// <summary>The PostgreSQL database; empty with SQLite.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>A full path.</summary>
    public required string DataDirectory { get; init; }

    public required ClockMode Clock { get; init; }

    /// <summary>The start of a virtual clock on a new installation; null for the machine's current time.</summary>
    public required Instant? ClockStart { get; init; }

    /// <summary>The payment provider's address; null for the simulator in this process.</summary>
    public required Uri? Payments { get; init; }

    /// <summary>The administrator's key; null to create one at the first start.</summary>
    public required string? AdminKey { get; init; }

    public KeyHash? AdminKeyHash => AdminKey is { } key ? KeyHash.Of(key) : null;

    /// <summary>Encrypts the key ring; null for a file beside the data on SQLite, and for no secrets kept on PostgreSQL.</summary>
    public required byte[]? MasterKey { get; init; }

    /// <summary>Limits for callers, sellers and connections.</summary>
    public required EdgeSettings Edge { get; init; }

    /// <summary>How long the process rehearses at most before it says that it is ready; zero for not at all.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Whether the SQLite file is checked for damaged pages before it is used.</summary>
    public required bool ChecksPages { get; init; }

    public required MetricsPageKind Metrics { get; init; }

    /// <summary>
    /// The files for TLS between the processes of the cluster; null to let any process that reaches the ports join and call.
    /// </summary>
    public required TlsFiles? Tls { get; init; }

    /// <summary>Where browsers find the console; null for <c>/console</c> at the address under which they reach this process.</summary>
    public required Uri? ConsoleUrl { get; init; }

    public required ConsoleLimits Console { get; init; }

    public required WebhookSettings Webhooks { get; init; }

    /// <summary>How long the keys of usage events are kept. Older usage is refused.</summary>
    public required Duration UsageRetention { get; init; }

    /// <summary>Whether its silo listens beyond this machine and takes anybody for one of the cluster.</summary>
    public bool IsOpenToTheNetwork =>
        Role != Role.Gateway && Storage == StorageKind.Postgres && Tls is null && !IPAddress.IsLoopback(Place.ListeningAddress);

    /// <summary>The most connections that the process opens to PostgreSQL.</summary>
    public required ConnectionBudget Connections { get; init; }

    /// <summary>The addresses of this process's silo, and the cluster it belongs to.</summary>
    public required SiloPlace Place { get; init; }
}

/// <param name="AllowPrivate">Whether endpoints may have addresses that are not public, and no TLS.</param>
/// <param name="Retention">How long deliveries that ended are kept.</param>
internal sealed record WebhookSettings(bool AllowPrivate, Duration Retention);
