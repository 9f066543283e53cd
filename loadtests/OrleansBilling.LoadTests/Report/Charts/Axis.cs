using System.Globalization;

namespace OrleansBilling.LoadTests.Report.Charts;

/// <summary>Maps values to positions on an axis and picks the labeled values.</summary>
internal sealed class Axis
{
    private const int TicksAbout = 5;
    private readonly bool logarithmic;

    private Axis(double low, double high, bool logarithmic, IReadOnlyList<AxisTick> ticks)
    {
        Low = low;
        High = high;
        this.logarithmic = logarithmic;
        Ticks = ticks;
    }

    public double Low { get; }

    public double High { get; }

    public IReadOnlyList<AxisTick> Ticks { get; }

    /// <summary>From <paramref name="low"/> to a round number at or above <paramref name="high"/>.</summary>
    public static Axis Linear(double low, double high)
    {
        var step = RoundStep(Math.Max(high - low, 1e-9) / TicksAbout);
        var end = low + (Math.Ceiling(Math.Max(high - low, step) / step - 1e-9) * step);
        var count = (int)Math.Round((end - low) / step);
        return new Axis(low, end, false, [.. Enumerable.Range(0, count + 1).Select(n => Tick(low + (n * step)))]);
    }

    /// <summary>From the power of ten below the positive values to the one above.</summary>
    public static Axis Logarithmic(double low, double high)
    {
        var first = (int)Math.Floor(Math.Log10(Math.Max(low, 1e-6)));
        var last = Math.Max(first + 1, (int)Math.Ceiling(Math.Log10(Math.Max(high, 1e-6))));
        return new Axis(
            Math.Pow(10, first), Math.Pow(10, last), true,
            [.. Enumerable.Range(first, last - first + 1).Select(power => Tick(Math.Pow(10, power)))]);
    }

    /// <summary>An axis with the given ticks.</summary>
    public static Axis Of(double low, double high, IReadOnlyList<AxisTick> ticks) => new(low, Math.Max(high, low + 1e-9), false, ticks);

    /// <summary>The position of a value: 0 at the low end, 1 at the high end.</summary>
    public double Share(double value)
    {
        var share = logarithmic
            ? (Math.Log10(Math.Max(value, Low)) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low))
            : (value - Low) / (High - Low);
        return Math.Clamp(share, 0, 1);
    }

    /// <summary>Rounds a step up to the next of 1, 2, 5, 10, 20 and so on.</summary>
    private static double RoundStep(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var lead = raw / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }

    private static AxisTick Tick(double value) =>
        new(value, value.ToString(Math.Abs(value) >= 10 || value == Math.Truncate(value) ? "#,0" : "0.####", CultureInfo.InvariantCulture));
}

/// <summary>A label on an axis.</summary>
internal readonly record struct AxisTick(double At, string Text);
