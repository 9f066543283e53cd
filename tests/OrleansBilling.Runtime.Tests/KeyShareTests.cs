using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Simulation.Turns;

namespace OrleansBilling.Runtime.Tests;

/// <summary>How many idempotency keys of each role a subscription remembers, and where it stores them.</summary>
public sealed class KeyShareTests
{
    private const string CustomerId = "customer-1";

    private static readonly Duration ADay = CommandMemory.Lifetime + Duration.FromMilliseconds(1);

    private static SubscriptionCommand ChangeCard { get; } = new SubscriptionCommand.ChangePaymentMethod("tok_ok");

    public static TheoryData<Role, int> Shares => new()
    {
        { Role.Customer, 100 },
        { Role.Seller, 1_000 },
        { Role.Administrator, 1_000 },
    };

    [Theory]
    [MemberData(nameof(Shares))]
    public async Task Each_role_has_a_share_of_its_own_for_a_day(Role role, int most)
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        for (var n = 1; n <= most; n++) Assert.IsType<CommandResult.Accepted>(await AskAsync(host.Runtime, role, n));

        Assert.Same(Refusal.TooManyKeys, Assert.IsType<CommandResult.Refused>(await AskAsync(host.Runtime, role, most + 1)).Refusal);
        Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync("s1", ChangeCard));
        foreach (var other in new[] { Role.Customer, Role.Seller, Role.Administrator })
        {
            if (other != role) Assert.IsType<CommandResult.Accepted>(await AskAsync(host.Runtime, other, 1));
        }

        host.Clock.MoveTo(host.Clock.GetCurrentInstant() + ADay);
        Assert.IsType<CommandResult.Accepted>(await AskAsync(host.Runtime, role, most + 1));
    }

    [Fact]
    public async Task A_customer_who_does_his_worst_stops_neither_the_sellers_cancel_nor_the_providers_chargeback()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        CommandResult last = await AskAsync(host.Runtime, Role.Customer, 1);
        for (var n = 2; last is CommandResult.Accepted; n++) last = await AskAsync(host.Runtime, Role.Customer, n);
        Assert.Same(Refusal.TooManyKeys, Assert.IsType<CommandResult.Refused>(last).Refusal);

        // Administrators who use up their share cannot lock it out either: the provider calls as one of them.
        for (var n = 1; n <= CommandMemory.SellerMax; n++)
            Assert.IsType<CommandResult.Accepted>(await AskAsync(host.Runtime, Role.Administrator, n));
        var chargeback = new SubscriptionCommand.RecordChargeback(1, 1, "fraud");
        Assert.IsType<CommandResult.Accepted>(
            await AskAsync(
                host.Runtime, Role.Seller, 1, new SubscriptionCommand.Cancel(EffectiveAt.Now, null, null, CancellationRefund.None, null)));
        Assert.IsType<CommandResult.Accepted>(await AskAsync(host.Runtime, Role.Administrator, 5_000, chargeback));
        Assert.True(Assert.IsType<CommandResult.Accepted>(await AskAsync(host.Runtime, Role.Administrator, 5_000, chargeback)).Replayed);
    }

    [Fact]
    public async Task However_many_are_remembered_a_commit_rewrites_a_few()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        var without = (await host.Journal.LoadAsync("s1", CancellationToken.None))!.State.Length;
        var most = 0;
        for (var n = 1; n <= CommandMemory.SellerMax; n++)
        {
            await AskAsync(host.Runtime, Role.Seller, n);
            most = Math.Max(most, (await host.Journal.LoadAsync("s1", CancellationToken.None))!.State.Length);
        }

        Assert.InRange(most - without, 1, 8_000);
        Assert.Equal(31, host.Journal.KeyPages("s1").Count);
        Assert.Equal(0, host.Journal.KeyPageReads);
    }

    [Fact]
    public async Task Every_key_is_replayed_and_every_other_body_refused_after_a_restart()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        var versions = new List<long>();
        for (var n = 1; n <= 100; n++)
            versions.Add(Assert.IsType<CommandResult.Accepted>(await AskAsync(host.Runtime, Role.Customer, n)).State.Version);

        await using var again = Restart(host);
        for (var n = 1; n <= 100; n++)
        {
            var replayed = Assert.IsType<CommandResult.Accepted>(await AskAsync(again, Role.Customer, n));
            Assert.True(replayed.Replayed);
            Assert.Equal(versions[n - 1], replayed.State.Version);
            Assert.Same(
                Refusal.KeyReused, Assert.IsType<CommandResult.Refused>(await AskAsync(again, Role.Customer, n, fingerprint: 2)).Refusal);
        }

        Assert.Equal(1, host.Journal.KeyPageReads);
        Assert.Same(Refusal.TooManyKeys, Assert.IsType<CommandResult.Refused>(await AskAsync(again, Role.Customer, 101)).Refusal);
    }

    [Fact]
    public async Task Pages_go_with_the_last_of_their_keys_also_when_the_commit_that_drops_them_has_none()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        await FillTwoPagesAsync(host);

        // Some keys of the second page are a day old, others are not.
        host.Clock.MoveTo(host.Clock.GetCurrentInstant() + ADay - Duration.FromHours(1));
        await host.ExecuteAsync("s1", ChangeCard);
        Assert.Single(host.Journal.KeyPages("s1"));
        Assert.False(Assert.IsType<CommandResult.Accepted>(await AskAsync(host.Runtime, Role.Seller, 1)).Replayed);
        Assert.True(Assert.IsType<CommandResult.Accepted>(await AskAsync(host.Runtime, Role.Seller, 64)).Replayed);

        host.Clock.MoveTo(host.Clock.GetCurrentInstant() + ADay);
        await host.ExecuteAsync("s1", ChangeCard);
        Assert.Empty(host.Journal.KeyPages("s1"));
        Assert.False(Assert.IsType<CommandResult.Accepted>(await AskAsync(host.Runtime, Role.Seller, 64)).Replayed);
    }

    [Fact]
    public async Task A_page_that_was_not_read_yet_is_not_taken_for_empty_when_the_one_before_it_goes()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        await FillTwoPagesAsync(host);

        host.Clock.MoveTo(host.Clock.GetCurrentInstant() + ADay - Duration.FromHours(1));
        await using var again = Restart(host);
        await again.ExecuteAsync("s1", new CommandEnvelope(ChangeCard, Caller.Administrator), CancellationToken.None);
        Assert.Single(host.Journal.KeyPages("s1"));
        Assert.True(Assert.IsType<CommandResult.Accepted>(await AskAsync(again, Role.Seller, 64)).Replayed);
    }

    [Fact]
    public async Task A_thousand_keys_inside_a_snapshot_of_before_are_honored_and_take_nobodys_share()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        host.Journal.OnCommit = commit =>
        {
            var (state, _) = SubscriptionCodec.Decode(commit.State);
            var keys = Enumerable.Range(1, 1_000).Select(n => new CommandMemory.Entry((ulong)n, 1, commit.NewVersion, state.UpdatedAt));
            return host.Journal.Apply(new JournalCommit
            {
                SubscriptionId = "s1", ExpectedVersion = commit.ExpectedVersion, NewVersion = commit.NewVersion, DueAt = commit.DueAt,
                Events = commit.Events,
                Directory = commit.Directory, Deltas = commit.Deltas, State = SubscriptionCodec.Encode(state, new CommandMemory([.. keys])),
            });
        };
        await host.ExecuteAsync("s1", ChangeCard);
        host.Journal.OnCommit = null;
        await using var again = Restart(host);

        Assert.True(Assert.IsType<CommandResult.Accepted>(await AskAsync(again, Role.Administrator, 1)).Replayed);
        Assert.False(Assert.IsType<CommandResult.Accepted>(await AskAsync(again, Role.Customer, 2_001)).Replayed);
        Assert.False(Assert.IsType<CommandResult.Accepted>(await AskAsync(again, Role.Seller, 2_002)).Replayed);
        Assert.Single(host.Journal.KeyPages("s1"));
        Assert.InRange((await host.Journal.LoadAsync("s1", CancellationToken.None))!.State.Length, 1, 4_000);
        Assert.True(Assert.IsType<CommandResult.Accepted>(await AskAsync(again, Role.Administrator, 1_000)).Replayed);
        Assert.Same(
            Refusal.KeyReused, Assert.IsType<CommandResult.Refused>(await AskAsync(again, Role.Administrator, 7, fingerprint: 2)).Refusal);
    }

    /// <summary>Two pages of keys; those after the fortieth are an hour younger.</summary>
    private static async Task FillTwoPagesAsync(Host host)
    {
        for (var n = 1; n <= 40; n++) await AskAsync(host.Runtime, Role.Seller, n);
        host.Clock.MoveTo(host.Clock.GetCurrentInstant() + Duration.FromHours(1));
        for (var n = 41; n <= 80; n++) await AskAsync(host.Runtime, Role.Seller, n);
        Assert.Equal(2, host.Journal.KeyPages("s1").Count);
    }

    private static async Task<CommandResult> AskAsync(
        TurnHost runtime, Role role, int key, SubscriptionCommand? command = null, ulong fingerprint = 1)
    {
        var caller = role switch
        {
            Role.Seller => new Caller(role, "seller-1"),
            Role.Customer => new Caller(role, CustomerId),
            _ => Caller.Administrator,
        };
        return await runtime.ExecuteAsync(
            "s1", new CommandEnvelope(command ?? ChangeCard, caller, new IdempotencyKey(KeyOf(role, key), fingerprint)),
            CancellationToken.None);
    }

    /// <summary>As at the gateway, the same key of two roles is two keys.</summary>
    private static ulong KeyOf(Role role, int key) => (role == Role.Administrator ? 0 : ((ulong)role << 32)) + (ulong)key;

    private static TurnHost Restart(Host host) => new(
        new TurnHostOptions(), host.Journal, host.Journal, new CatalogCache(host.CatalogStore, TimeProvider.System),
        new SimulatedPaymentProvider(seed: 1), host.Clock, TimeProvider.System, NullLoggerFactory.Instance);
}
