using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The dashboard uses metrics that exist, under their Prometheus names.</summary>
public sealed partial class DashboardTests
{
    [Fact]
    public async Task Every_metric_of_the_dashboard_is_measured()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                lock (known) known.UnionWith(PrometheusNames(instrument));
            },
        };
        listener.Start();
        RuntimeHelpers.RunClassConstructor(typeof(BillingTelemetry).TypeHandle);
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.Admin.GetAsync("/health/live")).Expect(200);

        var asked = Expressions().Matches(await File.ReadAllTextAsync(DashboardFile())).SelectMany(match => Metrics().Matches(match.Value))
            .Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

        Assert.True(asked.Count > 10, "The dashboard uses too few metrics.");
        lock (known) Assert.Empty(asked.Except(known));
    }

    [Fact]
    public async Task Every_instrument_of_ours_is_on_the_dashboard()
    {
        var dashboard = await File.ReadAllTextAsync(DashboardFile());
        using var listener = new MeterListener();
        var ours = new List<Instrument>();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == BillingTelemetry.SourceName) ours.Add(instrument);
        };
        listener.Start();
        RuntimeHelpers.RunClassConstructor(typeof(BillingTelemetry).TypeHandle);

        Assert.NotEmpty(ours);
        Assert.All(
            ours, instrument => Assert.Contains(PrometheusNames(instrument), name => dashboard.Contains(name, StringComparison.Ordinal)));
    }

    /// <summary>
    /// OpenTelemetry's rules: dots become underscores, the unit is appended unless it is in braces, and counters end in
    /// total.
    /// </summary>
    private static IEnumerable<string> PrometheusNames(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_');
        if (instrument.Unit == "s") name += "_seconds";
        var type = instrument.GetType().Name;
        if (type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal))
            return [$"{name}_total"];
        return type.StartsWith("Histogram", StringComparison.Ordinal) ? [$"{name}_bucket", $"{name}_count", $"{name}_sum"] : [name];
    }

    private static string DashboardFile() => Path.Combine(RepositoryFolder.Root, "deploy", "grafana", "orleans-billing.json");

    [GeneratedRegex("\"(expr|query)\": \"(\\\\.|[^\"\\\\])*\"")]
    private static partial Regex Expressions();

    [GeneratedRegex("\\b(billing|http|dotnet|kestrel|db)_[a-z_]+\\b(?=[{,])")]
    private static partial Regex Metrics();
}
