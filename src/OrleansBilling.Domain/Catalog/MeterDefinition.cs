using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansBilling.Domain.Catalog;

/// <summary>
/// What a meter counts and what it costs, without its name. If two offers define a meter in the same way, a change
/// between them does not bill the meter's usage early.
/// </summary>
public static class MeterDefinition
{
    private const int FingerprintBytes = 8;

    /// <summary>Whether both meters count and cost the same.</summary>
    public static bool IsSame(Meter one, Meter other) => ReferenceEquals(one, other) || TextOf(one) == TextOf(other);

    /// <summary>A hash of the definition, 16 hexadecimal digits. It is stored where the meter itself is not available.</summary>
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
