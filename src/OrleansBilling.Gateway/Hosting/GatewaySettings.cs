using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Runtime.Embedded;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>Where everything durable is.</summary>
internal enum StorageKind
{
    /// <summary>One file under the data directory.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database, which several processes may share.</summary>
    Postgres,
}

/// <summary>What gives subscriptions their turns.</summary>
internal enum RuntimeKind
{
    /// <summary>This process.</summary>
    Embedded,

    /// <summary>An Orleans cluster.</summary>
    Orleans,
}

/// <summary>The settings of DESIGN section 9, read and checked before anything is opened.</summary>
internal sealed record GatewaySettings
{
    public required StorageKind Storage { get; init; }

    public required RuntimeKind Runtime { get; init; }

    /// <summary>Which Orleans cluster of the database; null for the usual one.</summary>
    public required string? ClusterId { get; init; }

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

    /// <summary>Reads the settings.</summary>
    /// <exception cref="StartupException">One of them makes no sense.</exception>
    public static GatewaySettings Read(IConfiguration configuration)
    {
        var storage = ReadEnum(configuration, "Storage", StorageKind.Sqlite);
        var connectionString = configuration.GetConnectionString("Billing") ?? "";
        if (storage == StorageKind.Postgres && string.IsNullOrWhiteSpace(connectionString))
            throw new StartupException("ConnectionStrings__Billing is required with Billing__Storage=postgres.");

        var clock = ReadEnum(configuration, "Clock", ClockMode.System);
        var clockStart = ReadInstant(configuration, "ClockStart");
        if (clockStart is not null && clock == ClockMode.System)
            throw new StartupException("Billing__ClockStart goes with Billing__Clock=virtual only.");

        if (clockStart > VirtualTime.Latest)
            throw new StartupException("Billing__ClockStart must lie before the year 9900.");

        return new GatewaySettings
        {
            Storage = storage,
            Runtime = ReadEnum(configuration, "Runtime", RuntimeKind.Embedded),
            ClusterId = Value(configuration, "ClusterId"),
            ConnectionString = connectionString,
            DataDirectory = ReadDirectory(configuration),
            Clock = clock,
            ClockStart = clockStart,
            Payments = ReadPayments(configuration),
            AdminKey = ReadAdminKey(configuration),
            Edge = EdgeSettings.Read(configuration),
            ChecksPages = ReadChecksPages(configuration, storage),
        };
    }

    private static string? Value(IConfiguration configuration, string name) =>
        configuration[$"Billing:{name}"] is { Length: > 0 } value ? value : null;

    private static T ReadEnum<T>(IConfiguration configuration, string name, T otherwise)
        where T : struct, Enum
    {
        if (Value(configuration, name) is not { } text) return otherwise;
        return EnumNames<T>.TryParse(text, out var value)
            ? value
            : throw new StartupException($"Billing__{name} must be one of {string.Join(", ", EnumNames<T>.Names)}; it is '{text}'.");
    }

    private static Instant? ReadInstant(IConfiguration configuration, string name)
    {
        if (Value(configuration, name) is not { } text) return null;
        return InstantText.TryParse(text, out var instant)
            ? instant
            : throw new StartupException($"Billing__{name} must be {InstantText.Expected}; it is '{text}'.");
    }

    private static bool ReadChecksPages(IConfiguration configuration, StorageKind storage)
    {
        var text = Value(configuration, "CheckPages");
        if (text is null or "false") return false;
        if (text != "true") throw new StartupException($"Billing__CheckPages must be true or false; it is '{text}'.");
        return storage == StorageKind.Sqlite
            ? true
            : throw new StartupException("Billing__CheckPages goes with Billing__Storage=sqlite; PostgreSQL checks pages itself, if it was made with --data-checksums.");
    }

    private static string ReadDirectory(IConfiguration configuration)
    {
        var text = Value(configuration, "DataDirectory") ?? "./data";
        try
        {
            return Path.GetFullPath(text);
        }
        catch (ArgumentException e)
        {
            throw new StartupException("Billing__DataDirectory is not a path.", e);
        }
    }

    private static Uri? ReadPayments(IConfiguration configuration)
    {
        var text = Value(configuration, "Payments");
        if (text is null or "simulator") return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        throw new StartupException($"Billing__Payments must be simulator or an http(s) address; it is '{text}'.");
    }

    private static string? ReadAdminKey(IConfiguration configuration)
    {
        var key = Value(configuration, "AdminKey");
        if (key is null || (key.Length <= KeyHash.SecretCharactersMax && Check.IsVisibleAscii(key))) return key;
        throw new StartupException("Billing__AdminKey must be at most 512 visible ASCII characters, or no header could carry it.");
    }
}
