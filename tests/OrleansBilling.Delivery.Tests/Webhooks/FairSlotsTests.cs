using OrleansBilling.Delivery.Webhooks;

namespace OrleansBilling.Delivery.Tests.Webhooks;

/// <summary>Slots go round among the owners who wait, and none has more than its share.</summary>
public sealed class FairSlotsTests
{
    [Fact]
    public async Task Who_waits_for_little_does_not_wait_for_who_waits_for_much()
    {
        var slots = new FairSlots(max: 2, ofOwnerMax: 2);
        var held = new Queue<FairSlots.Slot>([await TakeAsync(slots, "much"), await TakeAsync(slots, "much")]);
        var much = Enumerable.Range(0, 100).Select(_ => TakeAsync(slots, "much")).ToList();
        var little = TakeAsync(slots, "little");

        held.Dequeue().Dispose();
        (await little).Dispose();
        foreach (var next in much)
        {
            held.Enqueue(await next);
            held.Dequeue().Dispose();
        }

        while (held.TryDequeue(out var last)) last.Dispose();
        Assert.True(slots.IsIdle);
    }

    [Fact]
    public async Task Nobody_holds_more_than_its_share()
    {
        var slots = new FairSlots(max: 4, ofOwnerMax: 3);
        FairSlots.Slot[] held = [await TakeAsync(slots, "one"), await TakeAsync(slots, "one"), await TakeAsync(slots, "one")];
        var over = TakeAsync(slots, "one");
        (await TakeAsync(slots, "other")).Dispose();
        Assert.False(over.IsCompleted);
        held[0].Dispose();
        (await over).Dispose();
        held[1].Dispose();
        held[2].Dispose();
        Assert.True(slots.IsIdle);
    }

    [Fact]
    public async Task Who_gave_up_takes_nobodys_slot()
    {
        var slots = new FairSlots(max: 1, ofOwnerMax: 1);
        var held = await TakeAsync(slots, "one");
        using var enough = new CancellationTokenSource();
        var impatient = slots.TakeAsync("two", enough.Token).AsTask();
        var patient = TakeAsync(slots, "two");
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        held.Dispose();
        (await patient).Dispose();
        Assert.True(slots.IsIdle);
    }

    [Fact]
    public async Task All_slots_come_back_whoever_gives_up_when()
    {
        var slots = new FairSlots(max: 8, ofOwnerMax: 3);
        var dice = new Random(1);
        var uses = Enumerable.Range(0, 2_000).Select(_ => (Owner: $"owner-{dice.Next(5)}", Patience: dice.Next(3))).ToList();
        await Task.WhenAll(uses.Select(UseAsync));
        Assert.True(slots.IsIdle);
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => TakeAsync(slots, $"owner-{n}")));
        Assert.Equal(8, all.Length);

        async Task UseAsync((string Owner, int Patience) use)
        {
            using var enough = new CancellationTokenSource();
            if (use.Patience == 0) enough.CancelAfter(TimeSpan.FromTicks(1));
            try
            {
                using var slot = await slots.TakeAsync(use.Owner, enough.Token);
                await Task.Yield();
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(0, use.Patience);
            }
        }
    }

    private static Task<FairSlots.Slot> TakeAsync(FairSlots slots, string owner) =>
        slots.TakeAsync(owner, CancellationToken.None).AsTask();
}
