using OrleansBilling.LoadTests.Joining;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Processes;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>The joined latencies of several machines equal those of one machine that recorded them all.</summary>
public sealed class HistogramFileTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Joined_files_are_as_if_one_machine_had_recorded_everything()
    {
        var dice = new Random(7);
        var whole = new LatencyHistogram();
        var files = new List<(string, HistogramFile)>();
        foreach (var machine in (int[])[1, 2, 3])
        {
            var own = new LatencyHistogram();
            for (var n = 0; n < 10_000 * machine; n++)
            {
                var latency = TimeSpan.FromMicroseconds(Math.Exp(dice.NextDouble() * 15 * machine / 3));
                own.Record(latency);
                whole.Record(latency);
            }

            files.Add(await WriteAndReadAsync(machine, 3, own));
        }

        var joined = JoinedMachines.Of(files);
        Assert.Equal(whole.Whole(), joined.Latencies.Whole());
        Assert.Equal(whole.Distribution(), joined.Latencies.Distribution());
        Assert.Equal((60_000, 3, 6_000), (joined.Whole.Done, joined.Whole.Failed, joined.Whole.PerSecond));
    }

    [Fact]
    public async Task Machines_that_all_went_well_hold_and_one_that_is_missing_or_failed_does_not()
    {
        var (first, second) = (await WriteAndReadAsync(1, 2, Some(), failed: 0), await WriteAndReadAsync(2, 2, Some(), failed: 0));
        Assert.True(JoinedMachines.Of([first, second]).Report().Ok);
        Assert.False(JoinedMachines.Of([first]).Report().Ok);
        Assert.False(JoinedMachines.Of([first, await WriteAndReadAsync(2, 2, Some(), failed: 1)]).Report().Ok);
    }

    [Fact]
    public async Task Files_of_different_scenarios_or_of_one_machine_are_refused_by_name()
    {
        var first = await WriteAndReadAsync(1, 2, Some());
        var other = await WriteAndReadAsync(2, 2, Some(), scenario: "sign-up-rush");
        Assert.Contains(other.Path, Refused(() => JoinedMachines.Of([first, other])), StringComparison.Ordinal);
        Assert.Contains("both come from machine 1", Refused(() => JoinedMachines.Of([first, first])), StringComparison.Ordinal);
        var third = await WriteAndReadAsync(3, 3, Some());
        Assert.Contains(third.Path, Refused(() => JoinedMachines.Of([first, third])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("something else\n")]
    [InlineData("#[OrleansBilling {\"scenario\":\"steady\"}]\n")]
    public async Task A_foreign_file_is_refused_by_name(string text)
    {
        var path = PathOf("foreign");
        await File.WriteAllTextAsync(path, text);
        Assert.Contains(path, await RefusedAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_file_is_refused_by_name_wherever_it_is_cut()
    {
        var (path, _) = await WriteAndReadAsync(1, 1, Some());
        var whole = (await File.ReadAllTextAsync(path)).TrimEnd();
        foreach (var length in (int[])[1, whole.Length / 4, whole.Length / 2, whole.IndexOf("0.000,", StringComparison.Ordinal),
            whole.Length - 40, whole.Length - 1])
        {
            await File.WriteAllTextAsync(path, whole[..length]);
            Assert.Contains(path, await RefusedAsync(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_missing_file_is_refused_by_name() =>
        Assert.Contains("missing", await RefusedAsync(PathOf("missing")), StringComparison.Ordinal);

    private static LatencyHistogram Some()
    {
        var latencies = new LatencyHistogram();
        for (var n = 1; n <= 1_000; n++) latencies.Record(TimeSpan.FromMilliseconds(n));
        return latencies;
    }

    private static string Refused(Action join) => Assert.Throws<LoadTestException>(join).Message;

    private static async Task<string> RefusedAsync(string path) =>
        (await Assert.ThrowsAsync<LoadTestException>(() => HistogramFile.ReadAsync(path, CancellationToken.None))).Message;

    private string PathOf(string name) => Path.Combine(directory.Path, $"{name}.hlog");

    private async Task<(string Path, HistogramFile File)> WriteAndReadAsync(
        int machine, int machines, LatencyHistogram latencies, string scenario = "steady", int failed = 1)
    {
        var path = PathOf($"{scenario}-{machine}-{machines}-{failed}");
        var header = new HistogramHeader
        {
            Scenario = scenario, Target = "http", Loop = "open", Rate = 1_000, Machine = machine, Machines = machines,
            StartedAt = DateTimeOffset.UnixEpoch.AddYears(56), Seconds = 10, InFlightMax = 100, Done = latencies.Whole().Count, Refused = 0,
            Failed = failed, HeldBack = 0, AuditHolds = true,
        };
        await new HistogramFile(header, latencies).WriteAsync(path, CancellationToken.None);
        var read = await HistogramFile.ReadAsync(path, CancellationToken.None);
        Assert.Equal(header, read.Header);
        Assert.Equal(latencies.Whole(), read.Latencies.Whole());
        return (path, read);
    }
}
