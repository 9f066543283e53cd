using NodaTime;
using OrleansBilling.Delivery.Webhooks;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Delivery.Tests.Webhooks;

/// <summary>An event waits for the one before it of its subscription, and for no other.</summary>
public sealed class DeliveryLinesTests
{
    private static readonly Instant Now = Instant.FromUtc(2024, 1, 31, 0, 0);

    private readonly DeliveryLines lines = new();

    [Fact]
    public void The_first_of_each_line_may_be_sent_and_the_next_after_it()
    {
        Add((1, "a"), (2, "a"), (3, "b"));
        var (first, other) = (lines.TryTake(Now)!, lines.TryTake(Now)!);
        Assert.Equal((1, 3), (first.Event.Position, other.Event.Position));
        Assert.Null(lines.TryTake(Now));
        lines.Finish(first);
        Assert.Equal(2, lines.TryTake(Now)!.Event.Position);
        Assert.Equal(2, lines.Count);
    }

    [Fact]
    public void What_fails_holds_up_its_own_line_until_its_time()
    {
        Add((1, "a"), (2, "a"), (3, "b"));
        var failed = lines.TryTake(Now)!;
        var held = lines.Postpone(failed, Now + Duration.FromSeconds(5));
        Assert.Equal([2L], held.Select(one => one.Event.Position).Where(position => position != 1));
        Assert.Equal(2, lines.Held);
        Assert.Equal(Now + Duration.FromSeconds(5), lines.NextAt);
        lines.Finish(lines.TryTake(Now)!);
        Assert.Null(lines.TryTake(Now + Duration.FromSeconds(4)));

        Add((4, "a"));
        Assert.Equal(3, lines.Held);
        var again = lines.TryTake(Now + Duration.FromSeconds(5))!;
        Assert.Equal(1, again.Event.Position);
        lines.Finish(again);
        Assert.Equal((0, 2), (lines.Held, lines.Count));
        Assert.Equal(2, lines.TryTake(Now)!.Event.Position);
    }

    [Fact]
    public void An_event_that_is_there_is_not_added_again()
    {
        Add((1, "a"));
        Assert.False(lines.TryAdd(Pending(1, "a")));
        lines.Finish(lines.TryTake(Now)!);
        Assert.True(lines.TryAdd(Pending(1, "a")));
    }

    [Fact]
    public void What_waited_in_the_database_waits_on()
    {
        lines.TryAdd(new PendingDelivery(Placed(1, "a")) { Attempts = 3, NextAt = Now + Duration.FromHours(2) });
        Add((2, "a"));
        Assert.Equal(2, lines.Held);
        Assert.Null(lines.TryTake(Now));
        Assert.Equal(3, lines.TryTake(Now + Duration.FromHours(2))!.Attempts);
    }

    [Fact]
    public void Everything_before_what_is_open_is_settled()
    {
        var position = new ReadPosition(10);
        foreach (var read in new[] { 11L, 14, 15 }) position.Add(read);
        position.MoveTo(20);
        Assert.Equal((20, 10), (position.Read, position.Settled));
        position.Settle(11);
        Assert.Equal(13, position.Settled);
        position.Settle(15);
        Assert.Equal(13, position.Settled);
        position.Settle(14);
        Assert.Equal(20, position.Settled);
    }

    private void Add(params (long Position, string Subscription)[] events)
    {
        foreach (var (position, subscription) in events) Assert.True(lines.TryAdd(Pending(position, subscription)));
    }

    private static PendingDelivery Pending(long position, string subscription) => new(Placed(position, subscription));

    private static PlacedEvent Placed(long position, string subscription) =>
        new(position, subscription, new FeedEvent(position, FeedEventType.InvoicePaid, 1, "seller-1"));
}
