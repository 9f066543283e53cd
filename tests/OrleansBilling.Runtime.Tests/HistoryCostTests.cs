using System.Text.Json;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Tests;

/// <summary>
/// The cost of bills, refunds and reads of the past must not depend on the amount of usage. Counts the events read from
/// the journal after 2,000 usage commands and after 100, one command per second.
/// </summary>
public sealed class HistoryCostTests
{
    private const int Few = 100;
    private const int Many = 2_000;
    private const string Id = "s1";
    private static readonly Duration Gap = Duration.FromSeconds(1);

    [Fact]
    public async Task A_state_of_the_past_is_rebuilt_from_a_checkpoint_nearby_and_is_the_fold_of_its_events()
    {
        await using var host = await UsedAsync(Many);
        var history = await host.Reader.ReadHistoryAsync(Id, CancellationToken.None);
        foreach (var count in (int[])[1, 2, 3, 100, 127, 128, 129, 130, 1_000, 1_024, 1_025, history.Count - 1, history.Count])
        {
            var then = SubscriptionEvolution.Fold(history.Take(count).Select(recorded => recorded.Event))!;
            var read = host.Journal.EventsRead;

            var byVersion = (await host.Reader.FindAtVersionAsync(Id, count, CancellationToken.None))!.State;

            Assert.InRange(host.Journal.EventsRead - read, 0, 256);
            Assert.Equal(Text(then), Text(byVersion));
            read = host.Journal.EventsRead;
            var byTime = (await host.Reader.FindAsOfAsync(Id, history[count - 1].Event.At, CancellationToken.None))!.State;
            Assert.InRange(host.Journal.EventsRead - read, 0, 256);
            var sameInstant = history.TakeWhile(recorded => recorded.Event.At <= history[count - 1].Event.At)
                .Select(recorded => recorded.Event);
            Assert.Equal(Text(SubscriptionEvolution.Fold(sameInstant)!), Text(byTime));
        }

        Assert.Null(await host.Reader.FindAsOfAsync(Id, Instant.FromUtc(2024, 1, 30, 0, 0), CancellationToken.None));
    }

    [Fact]
    public async Task A_history_that_an_older_program_wrote_gets_its_checkpoints_from_its_first_reader()
    {
        await using var host = await UsedAsync(Many);
        host.Journal.ForgetCheckpoints();
        var version = (await host.ReadAsync(Id)).Version;
        var first = (await host.Reader.FindAtVersionAsync(Id, version, CancellationToken.None))!.State;
        var read = host.Journal.EventsRead;

        var again = (await host.Reader.FindAtVersionAsync(Id, version - 1, CancellationToken.None))!.State;
        var last = (await host.Reader.FindAtVersionAsync(Id, version, CancellationToken.None))!.State;

        Assert.InRange(host.Journal.EventsRead - read, 0, 2 * 256);
        Assert.Equal(version - 1, again.Version);
        Assert.Equal(Text(first), Text(last));
        Assert.Equal(Text(await host.ReadAsync(Id)), Text(last));
        foreach (var checkpoint in host.Journal.CheckpointsOf(Id))
            Assert.Equal(checkpoint.Sequence, SubscriptionCodec.Decode(checkpoint.State).State.Version);
    }

    [Fact]
    public async Task A_large_commit_leaves_a_checkpoint_behind_it()
    {
        await using var host = await UsedAsync(1);
        await RecordAsync(host, "many", 1_000);
        var version = (await host.ReadAsync(Id)).Version;
        var read = host.Journal.EventsRead;

        Assert.Equal(1_001, (await host.Reader.FindAtVersionAsync(Id, version, CancellationToken.None))!.State.Usage[0].Units);

        Assert.Equal(version, host.Journal.CheckpointsOf(Id).Last().Sequence);
        Assert.Equal(0, host.Journal.EventsRead - read);
    }

    [Fact]
    public async Task A_checkpoint_remembers_no_commands()
    {
        await using var host = await UsedAsync(200, new IdempotencyKey(1, 10));

        Assert.Single(SubscriptionCodec.Decode((await host.Journal.LoadAsync(Id, CancellationToken.None))!.State).Memory.Entries);
        Assert.True(SubscriptionCodec.Decode(Assert.Single(host.Journal.CheckpointsOf(Id)).State).Memory.IsEmpty);
    }

    [Fact]
    public async Task Twenty_times_the_usage_costs_a_refund_a_replay_and_a_bill_no_further_event()
    {
        var few = await CostsAsync(Few);
        var many = await CostsAsync(Many);

        Assert.Equal(few["invoices"], many["invoices"]);
        Assert.Equal(few["refund"], many["refund"]);
        Assert.Equal(few["bill"], many["bill"]);
        Assert.Equal(few["usage"], many["usage"]);
        Assert.InRange(many["replay"], 0, 256);
        Assert.InRange(many["refund"], 1, 10);
        Assert.Equal(0, many["usage"]);
        Assert.Equal(0, many["bill"]);
    }

    [Fact]
    public async Task A_page_of_a_periods_usage_reads_about_as_many_events_as_it_shows()
    {
        await using var host = await UsedAsync(Many);
        var usage = new UsageReader(host.Journal, host.Reader);
        var view = (await host.Reader.FindAsync(Id, CancellationToken.None))!;
        var read = host.Journal.EventsRead;

        var period = (await usage.FindAsync(view, index: null, CancellationToken.None))!;
        Assert.Equal(Many, period.Readings.State.Usage.Single().Units);
        Assert.InRange(host.Journal.EventsRead - read, 1, 10);

        var first = await usage.ReadEventsAsync(Id, period, after: null, 50, CancellationToken.None);
        var second = await usage.ReadEventsAsync(Id, period, first[^1].Position, 50, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 100).Select(n => $"{n}-0"), first.Concat(second).Select(one => one.Entry.Id));
        Assert.InRange(host.Journal.EventsRead - read, 100, 3 * 128);
    }

    /// <summary>Regression: each page went through the whole history without usage again.</summary>
    [Fact]
    public async Task A_further_page_of_a_periods_usage_does_not_look_for_the_period_again()
    {
        await using var host = await UsedAsync(Few);
        for (var n = 0; n < Many; n++)
            Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync(Id, new SubscriptionCommand.ChangePaymentMethod($"tok_{n}")));
        var usage = new UsageReader(host.Journal, host.Reader);
        var then = (await host.Reader.FindAsync(Id, CancellationToken.None))!;
        var period = (await usage.FindAsync(then, index: null, CancellationToken.None))!;
        var first = await usage.ReadEventsAsync(Id, period, after: null, 40, CancellationToken.None);
        var place = period.After(first[^1].Position);
        await RecordAsync(host, "later", 1);
        host.Clock.MoveTo(Instant.FromUtc(2024, 3, 1, 0, 0));
        await host.Runtime.RunDueAsync(CancellationToken.None);
        var now = (await host.Reader.FindAsync(Id, CancellationToken.None))!;
        var read = host.Journal.EventsRead;

        var again = (await usage.ContinueAsync(now, place, CancellationToken.None))!;
        var second = await usage.ReadEventsAsync(Id, again, place.Last, 40, CancellationToken.None);

        Assert.InRange(host.Journal.EventsRead - read, 1, 256 + 64);
        Assert.Equal(Enumerable.Range(40, 40).Select(n => $"{n}-0"), second.Select(one => one.Entry.Id));
        Assert.Equal((period.Index, period.Period, period.ReadAt), (again.Index, again.Period, again.ReadAt));
        Assert.Equal(Few, again.Readings.State.Usage.Single().Units);
    }

    [Fact]
    public async Task A_place_that_no_page_has_named_is_none()
    {
        await using var host = await UsedAsync(Few);
        var usage = new UsageReader(host.Journal, host.Reader);
        var view = (await host.Reader.FindAsync(Id, CancellationToken.None))!;
        var period = (await usage.FindAsync(view, index: null, CancellationToken.None))!;
        var place = period.After(new UsagePosition(10, 1));
        Assert.NotNull(await usage.ContinueAsync(view, place, CancellationToken.None));

        foreach (var wrong in (UsagePlace[])
        [
            place with { Period = 2 }, place with { ReadAt = 0 }, place with { ReadAt = view.State.Version + 1 },
            place with { Stretches = [] }, place with { Stretches = [new(10, view.State.Version + 1)] },
            place with { Stretches = [new(0, 5), new(10, view.State.Version)] },
            place with { Stretches = [new(5, 12), new(10, view.State.Version)] }, place with { Stretches = [new(10, 9)] },
        ])
            Assert.Null(await usage.ContinueAsync(view, wrong, CancellationToken.None));
    }

    /// <summary>Events read by each operation. The invoice is 29.90, and a unit of usage costs 3.</summary>
    private static async Task<Dictionary<string, long>> CostsAsync(int usage)
    {
        var costs = new Dictionary<string, long>();
        var key = new IdempotencyKey(7, 7);
        await using var host = await UsedAsync(usage, key);
        await CountAsync(
            "invoices", async () =>
                Assert.Equal(2_990, Assert.Single(await host.Reader.ReadInvoicesAsync(Id, long.MaxValue, CancellationToken.None)).Paid));
        await CountAsync(
            "replay", async () => Assert.True(Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync(Id, Keyed, key)).Replayed));
        await CountAsync(
            "refund", async () =>
                Assert.IsType<CommandResult.Accepted>(
                    await host.ExecuteAsync(Id, new SubscriptionCommand.RefundInvoice(1, 990, true, null))));
        await CountAsync("usage", () => RecordAsync(host, "one more", 1));
        host.Clock.MoveTo(Instant.FromUtc(2024, 3, 1, 0, 0));
        await CountAsync("bill", async () => await host.Runtime.RunDueAsync(CancellationToken.None));

        var invoices = await host.Reader.ReadInvoicesAsync(Id, long.MaxValue, CancellationToken.None);
        Assert.Equal([2_990, -990 + 2_990 + (3 * (usage + 1))], invoices.Select(invoice => invoice.Total));
        return costs;

        async Task CountAsync(string name, Func<Task> run)
        {
            var before = host.Journal.EventsRead;
            await run();
            costs[name] = host.Journal.EventsRead - before;
        }
    }

    private static SubscriptionCommand Keyed => new SubscriptionCommand.ChangePaymentMethod("tok_other");

    private static async Task<Host> UsedAsync(int usage, IdempotencyKey? key = null)
    {
        var host = new Host();
        var terms = host.CatalogStore.SellBeside(
            host.Monthly, "metered", 2_990, new BillingInterval(IntervalUnit.Month, 1), offer: offer => offer with
        {
            Meters = [
                new Meter
                {
                    Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
                    Price = new UnitPrice(3),
                }],
        });
        var subscribe = new SubscriptionCommand.Subscribe(Id, terms, new Customer("customer-1", null), "tok_ok", null, null, null);
        Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync(Id, subscribe));
        await host.Runtime.RunDueAsync(CancellationToken.None);
        if (key is not null) Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync(Id, Keyed, key));
        for (var n = 0; n < usage; n++)
        {
            host.Clock.MoveTo(host.Clock.GetCurrentInstant() + Gap);
            await RecordAsync(host, $"{n}", 1);
        }

        return host;
    }

    private static async Task RecordAsync(Host host, string name, int entries)
    {
        var command = new SubscriptionCommand.RecordUsage(
            [.. Enumerable.Range(0, entries).Select(n => new UsageEntry($"{name}-{n}", "calls", 1, null, null))]);
        Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync(Id, command));
    }

    private static string Text(Subscription state) => JsonSerializer.Serialize(state, DomainJson.Options);
}
