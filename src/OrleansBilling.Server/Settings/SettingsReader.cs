using System.Globalization;
using System.Net;
using NodaTime;
using OrleansBilling.Console;
using OrleansBilling.Gateway.Connections;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Tls;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Server.Settings;

/// <summary>Reads <c>Billing__…</c> from the environment, the command line and appsettings.json.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private const string Section = "Billing";
    private const int MegabyteBytes = 1024 * 1024;
    private const int CountMax = 1_000_000_000;
    private const int RateMax = 1_000_000;
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="StartupException">A setting is invalid or unknown.</exception>
    public static ServerSettings Read(IConfiguration configuration) => new SettingsReader(configuration).Read();

    private ServerSettings Read()
    {
        var storage = ReadEnum("Storage", StorageKind.Sqlite);
        var role = ReadEnum("Role", Role.All);
        var connectionString = configuration.GetConnectionString(Section) ?? "";
        if (storage == StorageKind.Sqlite && role != Role.All)
            throw new StartupException("Billing__Role must be all with Billing__Storage=sqlite: silos and gateways meet in PostgreSQL.");
        if (storage == StorageKind.Postgres && string.IsNullOrWhiteSpace(connectionString))
            throw new StartupException("ConnectionStrings__Billing is required with Billing__Storage=postgres.");
        if (storage == StorageKind.Postgres) RequireConnectionString(connectionString);

        var clock = ReadEnum("Clock", ClockMode.System);
        var clockStart = ReadInstant("ClockStart");
        if (clockStart is not null && clock == ClockMode.System)
            throw new StartupException("Billing__ClockStart requires Billing__Clock=virtual.");
        if (clockStart > VirtualTime.Latest) throw new StartupException("Billing__ClockStart must be before the year 9900.");

        var settings = new ServerSettings
        {
            Role = role,
            Storage = storage,
            ConnectionString = connectionString,
            DataDirectory = ReadDirectory(),
            Clock = clock,
            ClockStart = clockStart,
            Payments = ReadPayments(),
            AdminKey = ReadAdminKey(),
            MasterKey = ReadMasterKey(),
            Edge = ReadEdge(),
            WarmUp = TimeSpan.FromSeconds(ReadInteger("WarmUpSeconds", 0, 60, 5)),
            ChecksPages = ReadChecksPages(storage),
            Metrics = ReadEnum("Metrics", MetricsPageKind.None),
            Tls = ReadTls(storage),
            ConsoleUrl = ReadUrl("Console:Url"),
            Console = ReadConsole(),
            Webhooks = new WebhookSettings(
                ReadFlag("Webhooks:AllowPrivate"), Duration.FromDays(ReadInteger("Webhooks:RetentionDays", 1, 3_650, 90))),
            UsageRetention = Duration.FromDays(ReadInteger("Usage:RetentionDays", 1, 3_650, 90)),
            Connections = new ConnectionBudget(
                ReadInteger("DatabaseConnections", ConnectionBudget.Min, ConnectionBudget.Max, ConnectionBudget.Default)),
            Place = new SiloPlace
            {
                ConnectionString = storage == StorageKind.Postgres ? connectionString : null,
                ClusterId = Value("ClusterId") ?? SiloPlace.ClusterIdDefault,
                AdvertisedAddress = ReadAddress(),
                SiloPort = ReadPort("SiloPort"),
                GatewayPort = ReadPort("GatewayPort"),
            },
        };
        RefuseUnknown();
        return settings;
    }

    private static void RequireConnectionString(string connectionString)
    {
        try
        {
            _ = PostgresHosts.Of(connectionString);
        }
        catch (ArgumentException e)
        {
            throw new StartupException($"ConnectionStrings__Billing is not a PostgreSQL connection string: {e.Message}", e);
        }
    }

    /// <summary>Otherwise a misspelled name would silently leave its setting at the default.</summary>
    private void RefuseUnknown()
    {
        foreach (var (name, value) in configuration.GetSection(Section).AsEnumerable(makePathsRelative: true))
        {
            if (value is not null && !known.Contains(name))
                throw new StartupException(
                    $"Billing__{Shown(name)} is unknown; known settings are " +
                    $"{string.Join(", ", known.Select(Shown).Order(StringComparer.Ordinal))}.");
        }
    }

    /// <summary>A name as people write it.</summary>
    private static string Shown(string name) => name.Replace(":", "__", StringComparison.Ordinal);

    private TlsFiles? ReadTls(StorageKind storage)
    {
        var (certificate, key, authority) = (Value("Tls:Certificate"), Value("Tls:Key"), Value("Tls:Authority"));
        if (certificate is null && key is null && authority is null) return null;
        if (certificate is null || key is null || authority is null)
            throw new StartupException("Billing__Tls__Certificate, Billing__Tls__Key and Billing__Tls__Authority are required together.");
        return storage == StorageKind.Postgres
            ? new TlsFiles(certificate, key, authority)
            : throw new StartupException("Billing__Tls requires Billing__Storage=postgres: a single process calls no other.");
    }

    private string? Value(string name)
    {
        known.Add(name);
        return configuration[$"{Section}:{name}"] is { Length: > 0 } value ? value : null;
    }

    private T ReadEnum<T>(string name, T otherwise)
        where T : struct, Enum
    {
        if (Value(name) is not { } text) return otherwise;
        return EnumNames<T>.TryParse(text, out var value)
            ? value
            : throw new StartupException($"Billing__{name} must be one of {string.Join(", ", EnumNames<T>.Names)}; it is '{text}'.");
    }

    private Instant? ReadInstant(string name)
    {
        if (Value(name) is not { } text) return null;
        return InstantText.TryParse(text, out var instant)
            ? instant
            : throw new StartupException($"Billing__{name} must be {InstantText.Expected}; it is '{text}'.");
    }

    private string ReadDirectory()
    {
        try
        {
            return Path.GetFullPath(Value("DataDirectory") ?? "./data");
        }
        catch (ArgumentException e)
        {
            throw new StartupException("Billing__DataDirectory is not a path.", e);
        }
    }

    private bool ReadChecksPages(StorageKind storage) => ReadFlag("CheckPages") && (storage == StorageKind.Sqlite
        ? true
        : throw new StartupException(
            "Billing__CheckPages requires Billing__Storage=sqlite; PostgreSQL checks pages itself if set up with --data-checksums."));

    private bool ReadFlag(string name) => Value(name) switch
    {
        null or "false" => false,
        "true" => true,
        var text => throw new StartupException(
            $"Billing__{Shown(name)} must be true or false; it is '{text}'."),
    };

    private EdgeSettings ReadEdge()
    {
        var descriptors = DescriptorLimit.Read();
        if (descriptors.Connections < DescriptorLimit.ConnectionsMin)
            throw new StartupException(
                $"This process may open {descriptors.Descriptors} files (ulimit -n); raise the limit to at least " +
                $"{DescriptorLimit.Reserve + DescriptorLimit.ConnectionsMin}, better 65536.");

        var usual = new EdgeLimits();
        var (rate, burst) = ReadRate();
        return new EdgeSettings
        {
            Descriptors = descriptors,
            ConnectionsPerAddress = ReadInteger(
                "ConnectionsPerAddress", 1, DescriptorLimit.ConnectionsMax, Math.Max(1, descriptors.Connections / 2)),
            CatalogCacheBytes = (long)MegabyteBytes * ReadInteger("CatalogCacheMegabytes", 1, 1_000_000, 256),
            Limits = new EdgeLimits
            {
                RequestsAtOnce = ReadInteger("RequestsAtOnce", 1, 10_000, usual.RequestsAtOnce),
                RequestsWaiting = ReadInteger("RequestsWaiting", 0, 100_000, usual.RequestsWaiting),
                WaitsPerCaller = ReadInteger("WaitsPerCaller", 1, EdgeLimits.WaitsPerCallerMax, usual.WaitsPerCaller),
                RequestsPerSecond = rate,
                RequestsBurst = burst,
                StreamsPerCaller = ReadInteger("StreamsPerCaller", 1, 10_000, usual.StreamsPerCaller),
                StreamIdle = TimeSpan.FromSeconds(ReadInteger("StreamIdleSeconds", 1, 86_400, (int)usual.StreamIdle.TotalSeconds)),
                Products = ReadInteger("SellerProducts", 1, CountMax, usual.Products),
                Plans = ReadInteger("SellerPlans", 1, CountMax, usual.Plans),
                Offers = ReadInteger("SellerOffers", 1, CountMax, usual.Offers),
                Versions = ReadInteger("SellerOfferVersions", 1, CountMax, usual.Versions),
                Coupons = ReadInteger("SellerCoupons", 1, CountMax, usual.Coupons),
                DocumentBytes = ReadInteger("CatalogDocumentBytes", 1, ApiErrors.BodyBytesMax, usual.DocumentBytes),
            },
        };
    }

    /// <summary>Without a burst of its own, a key may make the requests of a second at once.</summary>
    private (int Rate, int Burst) ReadRate()
    {
        var rate = ReadInteger("RateLimit", 1, RateMax, 0);
        var burst = ReadInteger("RateLimitBurst", 1, RateMax, rate);
        return rate > 0 || burst == 0 ? (rate, burst) : throw new StartupException("Billing__RateLimitBurst requires Billing__RateLimit.");
    }

    private int ReadInteger(string name, int min, int max, int otherwise)
    {
        if (Value(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw new StartupException(
                string.Create(
                    CultureInfo.InvariantCulture, $"Billing__{Shown(name)} must be a whole number from {min} to {max}; it is '{text}'."));
    }

    private ConsoleLimits ReadConsole()
    {
        var usual = new ConsoleLimits();
        return new ConsoleLimits
        {
            Circuits = ReadInteger("Console:Circuits", 1, 100_000, usual.Circuits),
            CircuitsPerSession = ReadInteger("Console:CircuitsPerSession", 1, 1_000, usual.CircuitsPerSession),
            CircuitsKept = ReadInteger("Console:CircuitsKept", 0, 100_000, usual.CircuitsKept),
        };
    }

    private Uri? ReadUrl(string name)
    {
        if (Value(name) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        throw new StartupException($"Billing__{Shown(name)} must be an http(s) address; it is '{text}'.");
    }

    private Uri? ReadPayments()
    {
        if (Value("Payments") is not { } text || text == "simulator") return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        throw new StartupException($"Billing__Payments must be simulator or an http(s) address; it is '{text}'.");
    }

    private string? ReadAdminKey()
    {
        var key = Value("AdminKey");
        if (key is null || (key.Length <= KeyHash.SecretCharactersMax && Check.IsVisibleAscii(key))) return key;
        throw new StartupException("Billing__AdminKey must be at most 512 visible ASCII characters, because it is sent in a header.");
    }

    private byte[]? ReadMasterKey()
    {
        if (Value("MasterKey") is not { } text) return null;
        return TryReadMasterKey(text, out var secret)
            ? secret
            : throw new StartupException("Billing__MasterKey must be 32 bytes in base64, such as `openssl rand -base64 32` makes.");
    }

    /// <summary>Reads 32 bytes in base64.</summary>
    public static bool TryReadMasterKey(string text, out byte[] secret)
    {
        secret = new byte[MasterKey.Bytes];
        return Convert.TryFromBase64String(text, secret, out var written) && written == MasterKey.Bytes;
    }

    private IPAddress ReadAddress()
    {
        if (Value("AdvertisedAddress") is not { } text) return IPAddress.Loopback;
        return IPAddress.TryParse(text, out var address)
            ? address
            : throw new StartupException($"Billing__AdvertisedAddress must be an IP address; it is '{text}'.");
    }

    private int ReadPort(string name)
    {
        if (Value(name) is not { } text) return 0;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new StartupException($"Billing__{name} must be a port, or 0 for any; it is '{text}'.");
    }
}
