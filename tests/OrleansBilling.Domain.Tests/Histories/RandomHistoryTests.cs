using System.Collections.Concurrent;
using System.Globalization;

namespace OrleansBilling.Domain.Tests.Histories;

public sealed class RandomHistoryTests
{
    private const int FirstSeed = 20_240_131;

    /// <summary>For a long soak, set the number: RANDOM_LIVES=100000 dotnet test.</summary>
    private static readonly int Lives =
        int.Parse(Environment.GetEnvironmentVariable("RANDOM_LIVES") ?? "4000", CultureInfo.InvariantCulture);

    [Fact]
    public void Whatever_is_asked_and_whatever_the_bank_says_no_law_is_broken()
    {
        var seen = new ConcurrentDictionary<Type, byte>();
        var ends = 0;
        var statuses = new ConcurrentDictionary<SubscriptionStatus, byte>();

        Properties.Hold(Script.Any, Script.Shrink, Live, Lives);

        Assert.Equal(EventTypes().Select(type => type.Name), seen.Keys.Select(type => type.Name).Order());
        Assert.Equal(Enum.GetValues<SubscriptionStatus>(), statuses.Keys.Order());
        Assert.True(ends > Lives / 60, $"only {ends} ends of life were held against what was served");

        void Live(Script script)
        {
            var life = RandomLife.Live(script);
            StrictEvents.Hold(life.Events);
            Interlocked.Add(ref ends, life.Laws.EndsHeld);
            foreach (var e in life.Events) seen.TryAdd(e.GetType(), 0);
            foreach (var status in life.Visited) statuses.TryAdd(status, 0);
        }
    }

    [Fact]
    public void The_same_script_lives_the_same_life()
    {
        var one = RandomLife.Live(FirstSeed);
        var other = RandomLife.Live(FirstSeed);

        Assert.Equal(one.Story(), other.Story());
        Assert.True(one.Events.Count > 10);
    }

    [Fact]
    public void A_script_shrinks_by_leaving_out_steps()
    {
        var shorter = Script.Shrink(new Script(7, [1, 2, 3, 4])).Select(script => string.Concat(script.Steps));

        Assert.Equal(["", "34", "12", "234", "134", "124", "123"], shorter);
    }

    /// <summary>All event types. If the random lives never produce one of them, they prove nothing about it.</summary>
    private static IEnumerable<Type> EventTypes() =>
        typeof(SubscriptionEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(SubscriptionEvent))).OrderBy(type => type.Name);
}
