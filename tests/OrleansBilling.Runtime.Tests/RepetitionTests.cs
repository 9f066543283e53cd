using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Runtime.Tests;

/// <summary>Libraries that repeat themselves write one line a minute of each kind.</summary>
public sealed class RepetitionTests
{
    private const string Library = "Orleans.Messaging";
    private readonly HandTime time = new();
    private readonly RepetitionSampler sampler;

    public RepetitionTests() => sampler = new RepetitionSampler(time);

    [Fact]
    public void The_first_line_is_written_and_the_others_are_counted_once_a_minute()
    {
        Assert.True(IsWritten(Library, 7, new TimeoutException()));
        for (var n = 0; n < 5; n++) Assert.False(IsWritten(Library, 7, new TimeoutException($"another {n}")));
        Assert.Empty(sampler.TakeRepeated(all: false));

        time.Pass(RepetitionSampler.Window);
        var (kind, count) = Assert.Single(sampler.TakeRepeated(all: false));
        Assert.Equal(("Orleans.Messaging[7] with TimeoutException", 5), (kind.ToString(), count));
        Assert.Empty(sampler.TakeRepeated(all: false));

        Assert.False(IsWritten(Library, 7, new TimeoutException()));
        Assert.Equal(1, Assert.Single(sampler.TakeRepeated(all: true)).Count);
    }

    [Fact]
    public void After_a_quiet_minute_the_line_is_written_again()
    {
        Assert.True(IsWritten(Library, 7, null));
        time.Pass(RepetitionSampler.Window);
        Assert.Empty(sampler.TakeRepeated(all: false));
        Assert.True(IsWritten(Library, 7, null));
    }

    [Fact]
    public void Another_event_exception_or_category_is_another_kind()
    {
        Assert.True(IsWritten(Library, 7, null));
        Assert.True(IsWritten(Library, 8, null));
        Assert.True(IsWritten(Library, 7, new TimeoutException()));
        Assert.True(IsWritten(Library, 7, new IOException()));
        Assert.True(IsWritten("Polly", 7, null));
        Assert.True(IsWritten("Npgsql.Command", 7, null));
        Assert.False(IsWritten("Polly", 7, null));
    }

    [Theory]
    [InlineData("OrleansBilling.Runtime.Hosting.DuePump", LogLevel.Error)]
    [InlineData("Microsoft.Hosting.Lifetime", LogLevel.Error)]
    [InlineData(Library, LogLevel.Information)]
    public void Lines_of_ours_and_mere_information_are_never_dropped(string category, LogLevel level)
    {
        for (var n = 0; n < 3; n++) Assert.True(IsWritten(category, 7, new TimeoutException(), level));
        Assert.Empty(sampler.TakeRepeated(all: true));
    }

    [Fact]
    public void Lines_that_nothing_tells_apart_are_never_dropped()
    {
        for (var n = 0; n < 3; n++) Assert.True(IsWritten(Library, 0, null));
    }

    [Fact]
    public void Kinds_are_remembered_up_to_a_bound_and_those_beyond_it_are_written()
    {
        for (var n = 1; n <= RepetitionSampler.KindsMax; n++) Assert.True(IsWritten(Library, n, null));
        for (var n = 0; n < 3; n++) Assert.True(IsWritten(Library, RepetitionSampler.KindsMax + 1, null));
        Assert.False(IsWritten(Library, 1, null));

        time.Pass(RepetitionSampler.Window);
        Assert.Single(sampler.TakeRepeated(all: false));
        Assert.True(IsWritten(Library, RepetitionSampler.KindsMax + 1, null));
        Assert.False(IsWritten(Library, RepetitionSampler.KindsMax + 1, null));
    }

    [Fact]
    public async Task What_was_not_shown_is_said_when_the_process_stops()
    {
        var lines = new LineLog();
        using var report = new RepetitionReport(sampler, time, lines);
        await report.StartAsync(CancellationToken.None);
        for (var n = 0; n < 4; n++) IsWritten(Library, 7, new TimeoutException());
        await report.StopAsync(CancellationToken.None);

        Assert.Equal("Repeated 3 more times within a minute: Orleans.Messaging[7] with TimeoutException", Assert.Single(lines.Written));
    }

    private bool IsWritten(string category, int id, Exception? exception, LogLevel level = LogLevel.Warning) =>
        sampler.ShouldSample(new LogEntry<string>(level, category, id, "", exception, (state, _) => state));

    private sealed class LineLog : ILogger<RepetitionReport>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }

    private sealed class HandTime : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Pass(TimeSpan span) => now += span.Ticks;
    }
}
