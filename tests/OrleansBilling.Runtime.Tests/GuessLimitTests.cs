using OrleansBilling.Runtime.Limits;

namespace OrleansBilling.Runtime.Tests;

/// <summary>Guessers get a few tries in a window, and memory for them is bounded.</summary>
public sealed class GuessLimitTests
{
    private const int MissesMax = 3;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly HandTime time = new();
    private readonly GuessLimit<string> limit;

    public GuessLimitTests() => limit = new GuessLimit<string>(MissesMax, Window, guessersMax: 2, time);

    [Fact]
    public void Only_wrong_tries_count_until_the_window_is_over()
    {
        for (var n = 0; n < 10; n++)
        {
            Assert.True(limit.TryBegin("one"));
            limit.TakeBack("one");
        }

        for (var n = 0; n < MissesMax; n++) Assert.True(limit.TryBegin("one"));
        for (var n = 0; n < 10; n++) Assert.False(limit.TryBegin("one"));
        Assert.True(limit.TryBegin("other"));

        time.Pass(Window);
        Assert.True(limit.TryBegin("one"));
    }

    [Fact]
    public void Those_whose_window_is_over_make_room_for_others()
    {
        for (var n = 0; n < MissesMax; n++) limit.TryBegin("old");
        time.Pass(Window);
        for (var n = 0; n < MissesMax; n++) limit.TryBegin("guesser");
        Assert.True(limit.TryBegin("third"));
        Assert.False(limit.TryBegin("guesser"));

        // If all are still in their window, all are forgotten.
        Assert.True(limit.TryBegin("fourth"));
        Assert.True(limit.TryBegin("guesser"));
    }

    private sealed class HandTime : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Pass(TimeSpan span) => now += span.Ticks;
    }
}
