using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansBilling.Delivery.Tests.Harness;
using OrleansBilling.Delivery.Webhooks;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Testing;

namespace OrleansBilling.Delivery.Tests.Webhooks;

/// <summary>Handing out what is new to many who listen, who come and go while it goes on.</summary>
public sealed class LiveEventsTests : IAsyncDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly MemoryFeed feed = new();
    private readonly LiveEvents live;

    public LiveEventsTests() => live = new LiveEvents(feed, feed, time, NullLogger<LiveEvents>.Instance);

    public ValueTask DisposeAsync() => live.DisposeAsync();

    [Fact]
    public async Task Who_is_a_moment_behind_joins_unless_it_misses_something()
    {
        var all = new Heard(null);
        Assert.True(live.TryJoin(all, 0));
        for (var n = 1; n <= 10; n++) feed.Add($"sub-{n}", $"seller-{n}");
        await HandedOutAsync(all, 10);

        Assert.False(live.TryJoin(new Heard("seller-7"), 6));
        Assert.False(live.TryJoin(new Heard(null), 9));
        var behind = new Heard("seller-7");
        Assert.True(live.TryJoin(behind, 7));
        var idle = new Heard("seller-20");
        Assert.True(live.TryJoin(idle, 0));
        feed.Add("sub-7", "seller-7");
        feed.Add("sub-1", "seller-1");
        await HandedOutAsync(all, 12);
        Assert.Equal([11L], behind.Positions);
        Assert.Empty(idle.Positions);
        Assert.False(behind.IsLetGo || idle.IsLetGo || all.IsLetGo);
    }

    /// <summary>Otherwise thousands of them would read on their own as long as anything happens.</summary>
    [Fact]
    public async Task Who_joins_while_events_come_stays_and_misses_none()
    {
        var all = new Heard(null);
        Assert.True(live.TryJoin(all, 0));
        var sellers = new List<Heard>();
        for (var n = 1; n <= 50; n++)
        {
            feed.Add("sub", $"seller-{n % 5}");
            var heard = new Heard($"seller-{n % 5}");
            var read = await feed.ReadLastAsync(CancellationToken.None);
            Assert.True(live.TryJoin(heard, read));
            sellers.Add(heard);
            feed.Add("sub", $"seller-{n % 5}");
            await HandedOutAsync(all, 2 * n);
        }

        Assert.DoesNotContain(sellers, heard => heard.IsLetGo);
        foreach (var heard in sellers)
        {
            Assert.Equal(
                all.Events.Where(e => e.Event.SellerId == heard.SellerId && e.Position > heard.From).Select(e => e.Position),
                heard.Positions);
        }
    }

    private Task<TimeSpan> HandedOutAsync(Heard heard, int through) => Eventually.HoldsAsync(() =>
    {
        time.Advance(TimeSpan.FromMilliseconds(100));
        return heard.Through >= through;
    });

    private sealed class Heard(string? sellerId) : LiveEvents.Listener
    {
        private readonly Lock gate = new();
        private readonly List<PlacedEvent> events = [];
        private long through;

        public override string? SellerId => sellerId;

        public long Through => Volatile.Read(ref through);

        public bool IsLetGo { get; private set; }

        public IReadOnlyList<PlacedEvent> Events
        {
            get
            {
                lock (gate) return [.. events];
            }
        }

        public IEnumerable<long> Positions => Events.Select(e => e.Position);

        public override bool Wants(in PlacedEvent e) => sellerId is null || e.Event.SellerId == sellerId;

        public override void Receive(IReadOnlyList<ReadEvent> events, long through)
        {
            lock (gate) this.events.AddRange(events.Select(e => e.Placed));
            Volatile.Write(ref this.through, through);
        }

        public override void LetGo() => IsLetGo = true;
    }
}
