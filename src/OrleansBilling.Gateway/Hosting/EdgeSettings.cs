using System.Globalization;
using OrleansBilling.Gateway.Connections;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>What callers, sellers and connections may take of this process, read strictly from the settings.</summary>
internal sealed record EdgeSettings
{
    private const int MegabyteBytes = 1024 * 1024;
    private const int CountMax = 1_000_000_000;

    /// <summary>What the process may open, and how many connections follow from it.</summary>
    public required DescriptorLimit Descriptors { get; init; }

    /// <summary>Connections of one address.</summary>
    public required int ConnectionsPerAddress { get; init; }

    /// <summary>Bytes of products, plans and offers that are kept in memory.</summary>
    public required long CatalogCacheBytes { get; init; }

    public required EdgeLimits Limits { get; init; }

    /// <exception cref="StartupException">One of them makes no sense.</exception>
    public static EdgeSettings Read(IConfiguration configuration)
    {
        var descriptors = DescriptorLimit.Read();
        if (descriptors.Connections < DescriptorLimit.ConnectionsMin)
            throw new StartupException($"This process may open {descriptors.Descriptors} files (ulimit -n); raise that to {2 * DescriptorLimit.ConnectionsMin} at least, better to 65536.");

        var usual = new EdgeLimits();
        return new EdgeSettings
        {
            Descriptors = descriptors,
            ConnectionsPerAddress = Integer("ConnectionsPerAddress", 1, DescriptorLimit.ConnectionsMax, Math.Max(1, descriptors.Connections / 2)),
            CatalogCacheBytes = (long)MegabyteBytes * Integer("CatalogCacheMegabytes", 1, 1_000_000, 256),
            Limits = new EdgeLimits
            {
                RequestsAtOnce = Integer("RequestsAtOnce", 1, 10_000, usual.RequestsAtOnce),
                RequestsWaiting = Integer("RequestsWaiting", 0, 100_000, usual.RequestsWaiting),
                StreamsPerCaller = Integer("StreamsPerCaller", 1, 10_000, usual.StreamsPerCaller),
                StreamIdle = TimeSpan.FromSeconds(Integer("StreamIdleSeconds", 1, 86_400, (int)usual.StreamIdle.TotalSeconds)),
                Products = Integer("SellerProducts", 1, CountMax, usual.Products),
                Plans = Integer("SellerPlans", 1, CountMax, usual.Plans),
                Offers = Integer("SellerOffers", 1, CountMax, usual.Offers),
                Versions = Integer("SellerOfferVersions", 1, CountMax, usual.Versions),
                Coupons = Integer("SellerCoupons", 1, CountMax, usual.Coupons),
                DocumentBytes = Integer("CatalogDocumentBytes", 1, ApiErrors.BodyBytesMax, usual.DocumentBytes),
            },
        };

        int Integer(string name, int min, int max, int otherwise)
        {
            if (configuration[$"Billing:{name}"] is not { Length: > 0 } text) return otherwise;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
                ? value
                : throw new StartupException(string.Create(CultureInfo.InvariantCulture, $"Billing__{name} must be a whole number from {min} to {max}; it is '{text}'."));
        }
    }
}
