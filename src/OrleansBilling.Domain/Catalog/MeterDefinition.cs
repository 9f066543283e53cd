using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansBilling.Domain.Catalog;

/// <summary>
/// What a meter counts and what that costs, without its name. As long as two offers define a meter alike, a change from
/// one to the other leaves its period alone.
/// </summary>
public static class MeterDefinition
{
    private const int FingerprintBytes = 8;

    /// <summary>Whether both count and cost the same.</summary>
    public static bool IsSame(Meter one, Meter other) => ReferenceEquals(one, other) || TextOf(one) == TextOf(other);

    /// <summary>A short form of the definition, kept where the meter itself is out of reach: 16 hexadecimal digits.</summary>
    public static string FingerprintOf(Meter meter) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TextOf(meter))).AsSpan(0, FingerprintBytes));

    private static string TextOf(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        var text = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"{meter.Aggregation}|{meter.Pricing}|{meter.IncludedUnits}|{meter.Price?.Amount}/{meter.Price?.Per}|{meter.PackageUnits}|");
        foreach (var tier in meter.Tiers)
            text.Append(CultureInfo.InvariantCulture, $"{tier.UpTo}:{tier.Price.Amount}/{tier.Price.Per}+{tier.Flat};");
        return text.ToString();
    }
}
