using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Gateway.Json;

/// <summary>A percentage, stored in thousandths and written as a number with at most three decimals (12.5 means 12.5 %).</summary>
/// <param name="Milli">Thousandths of a percent.</param>
internal readonly record struct Percent(int Milli)
{
    public const string Expected = "a number with at most three decimals";

    private const int PerUnit = PriceReduction.WholeMilliPercent / 100;

    public decimal Value => (decimal)Milli / PerUnit;

    public static Percent? From(int? milli) => milli is { } known ? new Percent(known) : null;

    /// <summary>False if there are more than three decimals, or the number is far too large for a percentage.</summary>
    public static bool TryFrom(decimal value, out Percent percent)
    {
        percent = default;
        if (Math.Abs(value) > int.MaxValue / PerUnit) return false;
        var milli = value * PerUnit;
        if (milli != decimal.Truncate(milli)) return false;
        percent = new Percent((int)milli);
        return true;
    }
}

/// <summary>See <see cref="Percent"/>.</summary>
internal sealed class PercentConverter : JsonConverter<Percent>
{
    public override Percent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var value) && Percent.TryFrom(value, out var percent))
            return percent;
        throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, Percent value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
