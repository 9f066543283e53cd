using System.Globalization;
using NodaTime;

namespace OrleansBilling.LoadTests.Telco;

/// <summary>
/// The ids of everything that a replay creates. They contain its first month, so that several replays fit on one gateway,
/// whose clock only moves forward.
/// </summary>
internal sealed class ReplayNames(Instant start)
{
    private readonly string prefix = string.Create(
        CultureInfo.InvariantCulture, $"telco-{start.InUtc().Year:0000}{start.InUtc().Month:00}");

    public string Seller => prefix;

    public string Product(string contract) => $"{prefix}-{Slug(contract)}";

    public string Plan(string contract) => $"{Product(contract)}-monthly";

    public string Offer(string contract, long cents) => string.Create(CultureInfo.InvariantCulture, $"{Product(contract)}-{cents}");

    public string Subscription(TelcoCustomer customer) => $"{prefix}-{customer.Id}";

    // Contract names are plain words. The gateway rejects an id with other characters.
    private static string Slug(string contract) => contract.ToLowerInvariant().Replace(' ', '-');
}
