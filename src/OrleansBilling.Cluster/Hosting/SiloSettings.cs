using System.Globalization;
using System.Net;

namespace OrleansBilling.Cluster.Hosting;

/// <summary>A silo's settings, read and checked before anything is opened. Only the connection string must be given.</summary>
internal sealed record SiloSettings
{
    /// <summary>Silos of one cluster, on one database.</summary>
    public const string ClusterIdDefault = "orleans-billing";

    public required string ConnectionString { get; init; }

    public required string ClusterId { get; init; }

    /// <summary>Where the other silos and the gateways reach this one.</summary>
    public required IPAddress AdvertisedAddress { get; init; }

    /// <summary>For the other silos; 0 for any free port.</summary>
    public required int SiloPort { get; init; }

    /// <summary>For gateways; 0 for any free port.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>The payment provider; null for the simulator in this process.</summary>
    public required Uri? Payments { get; init; }

    /// <summary>Whether business time is a virtual clock, which a gateway moves.</summary>
    public required bool VirtualClock { get; init; }

    /// <exception cref="StartupException">One of them makes no sense.</exception>
    public static SiloSettings Read(IConfiguration configuration)
    {
        var connectionString = configuration.GetConnectionString("Billing");
        if (string.IsNullOrWhiteSpace(connectionString)) throw new StartupException("ConnectionStrings__Billing is required: a silo joins by its database.");
        return new SiloSettings
        {
            ConnectionString = connectionString,
            ClusterId = Value(configuration, "ClusterId") ?? ClusterIdDefault,
            AdvertisedAddress = ReadAddress(configuration),
            SiloPort = ReadPort(configuration, "SiloPort"),
            GatewayPort = ReadPort(configuration, "GatewayPort"),
            Payments = ReadPayments(configuration),
            VirtualClock = ReadClock(configuration),
        };
    }

    private static string? Value(IConfiguration configuration, string name) =>
        configuration[$"Billing:{name}"] is { Length: > 0 } value ? value : null;

    private static IPAddress ReadAddress(IConfiguration configuration)
    {
        if (Value(configuration, "AdvertisedAddress") is not { } text) return IPAddress.Loopback;
        return IPAddress.TryParse(text, out var address) ? address : throw new StartupException($"Billing__AdvertisedAddress must be an IP address; it is '{text}'.");
    }

    private static int ReadPort(IConfiguration configuration, string name)
    {
        if (Value(configuration, name) is not { } text) return 0;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new StartupException($"Billing__{name} must be a port, or 0 for any; it is '{text}'.");
    }

    private static Uri? ReadPayments(IConfiguration configuration)
    {
        var text = Value(configuration, "Payments");
        if (text is null or "simulator") return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new StartupException($"Billing__Payments must be simulator or an http(s) address; it is '{text}'.");
    }

    private static bool ReadClock(IConfiguration configuration) => Value(configuration, "Clock") switch
    {
        null or "system" => false,
        "virtual" => true,
        { } text => throw new StartupException($"Billing__Clock must be one of system, virtual; it is '{text}'."),
    };
}
