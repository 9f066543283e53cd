using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Tests;

public sealed class IdempotencyTests
{
    private static readonly IdempotencyKey Key = new(1, 10);

    private static SubscriptionCommand.Cancel CancelAtPeriodEnd => new(EffectiveAt.PeriodEnd, null, null, CancellationRefund.None, null);

    [Fact]
    public async Task The_same_key_and_body_gives_the_same_result_again_and_happens_once()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        var first = Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync("s1", CancelAtPeriodEnd, Key));
        await host.ExecuteAsync("s1", new SubscriptionCommand.Uncancel());

        var again = Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync("s1", CancelAtPeriodEnd, Key));

        Assert.True(again.Replayed);
        Assert.Equal(first.State.Version, again.State.Version);
        Assert.NotNull(again.State.CancellationScheduled);
        Assert.Null((await host.ReadAsync("s1")).CancellationScheduled);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        await host.ExecuteAsync("s1", CancelAtPeriodEnd, Key);

        var refused = Assert.IsType<CommandResult.Refused>(
            await host.ExecuteAsync("s1", new SubscriptionCommand.Uncancel(), Key with { Fingerprint = 11 }));

        Assert.Same(Refusal.KeyReused, refused.Refusal);
        Assert.NotNull((await host.ReadAsync("s1")).CancellationScheduled);
    }

    [Fact]
    public async Task A_refused_command_is_judged_afresh_under_its_key()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        Assert.IsType<CommandResult.Refused>(await host.ExecuteAsync("s1", new SubscriptionCommand.Uncancel(), Key));
        await host.ExecuteAsync("s1", CancelAtPeriodEnd);

        Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync("s1", new SubscriptionCommand.Uncancel(), Key));
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        await host.ExecuteAsync("s1", CancelAtPeriodEnd, Key);
        await host.ExecuteAsync("s1", new SubscriptionCommand.Uncancel());
        host.Clock.MoveTo(host.Clock.GetCurrentInstant() + CommandMemory.Lifetime);
        await host.ExecuteAsync("s1", new SubscriptionCommand.ChangePaymentMethod("tok_ok"));
        Assert.True(Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync("s1", CancelAtPeriodEnd, Key)).Replayed);

        host.Clock.MoveTo(host.Clock.GetCurrentInstant() + Duration.FromMilliseconds(1));
        await host.ExecuteAsync("s1", new SubscriptionCommand.ChangePaymentMethod("tok_ok"));

        Assert.False(Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync("s1", CancelAtPeriodEnd, Key)).Replayed);
    }

    [Fact]
    public async Task An_unknown_commit_that_was_written_is_found_again_by_its_key()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        var once = true;
        host.Journal.OnCommit = commit =>
        {
            if (!once) return null;
            once = false;
            Assert.Equal(CommitOutcome.Committed, host.Journal.Apply(commit));
            return CommitOutcome.Unknown;
        };

        var unknown = Assert.IsType<CommandResult.Unavailable>(await host.ExecuteAsync("s1", CancelAtPeriodEnd, Key));
        var again = Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync("s1", CancelAtPeriodEnd, Key));

        Assert.Equal("unknown", unknown.Code);
        Assert.True(again.Replayed);
    }

    [Fact]
    public async Task A_commit_that_was_not_written_leaves_memory_as_it_was()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        host.Journal.OnCommit = _ => CommitOutcome.Unavailable;
        Assert.Equal("unavailable", Assert.IsType<CommandResult.Unavailable>(await host.ExecuteAsync("s1", CancelAtPeriodEnd)).Code);
        host.Journal.OnCommit = null;

        var refused = Assert.IsType<CommandResult.Refused>(await host.ExecuteAsync("s1", new SubscriptionCommand.Uncancel()));

        Assert.Same(Refusal.NoCancellationScheduled, refused.Refusal);
    }
}
