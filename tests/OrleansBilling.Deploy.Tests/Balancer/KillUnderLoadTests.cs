using System.Diagnostics;
using NodaTime;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>
/// kill -9 of one of two servers behind the balancer while they catch up on five days of renewals under load and new subscriptions keep
/// starting. Real processes on the machine's clock.
/// </summary>
public sealed class KillUnderLoadTests(ITestOutputHelper output)
{
    private const int OldSubscriptions = 2_000;
    private const int RenewalsEach = 5;

    /// <summary>
    /// The provider's answer. With 256 calls at a time of each of two processes all renewals take at least 20 s, so that much is left to
    /// do at the kill, however late the test sees that a quarter is done.
    /// </summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest a caller may wait for a grain of the killed process, which is declared dead within 8 s: as long as a command is sent
    /// again.
    /// </summary>
    private static readonly TimeSpan CommandBound = TimeSpan.FromSeconds(25);

    /// <summary>The longest delay of due work, even if its pump or its grain died with the process.</summary>
    private static readonly TimeSpan DueWorkBound = TimeSpan.FromSeconds(20);

    /// <summary>Payments in flight at the kill are retried by their watchdog after 60 s.</summary>
    private static readonly TimeSpan PaymentsBound = TimeSpan.FromSeconds(90);

    /// <summary>The longest until a restarted server gets its share of requests.</summary>
    private static readonly TimeSpan ReturnBound = TimeSpan.FromSeconds(30);

    [NeedsFact(["haproxy", "postgres"])]
    public async Task Each_acknowledged_command_is_there_once_each_period_is_charged_once_and_no_due_time_is_missed()
    {
        await using var marketplace = await BalancedMarketplace.OpenAsync(providerLatency: Slow);
        var old = Enumerable.Range(1, OldSubscriptions).Select(n => $"old-{n}").ToList();
        var longAgo = BalancedMarketplace.Now - Duration.FromDays(RenewalsEach) - Duration.FromHours(1);
        await marketplace.SellAtAsync(longAgo, old);
        await marketplace.StartAsync();

        // Commands touch one old subscription in four. The others renew through the pump alone.
        await using var load = new Load(marketplace.Balancer.Address, [.. old.Where((_, n) => n % 4 == 0)]);
        load.Start(requestCallers: 6, streamCallers: 2);
        var newcomers = new SteadyStarts(marketplace.Balancer.Address);
        using var enough = new CancellationTokenSource();
        var signingUp = newcomers.RunAsync(enough.Token);
        const int ChargesAtQuarter = OldSubscriptions + (OldSubscriptions * RenewalsEach / 4);
        const string Ready = "both servers are members, a quarter is renewed, and enough is still to start";
        await Eventually.HoldsAsync(what: Ready, condition: async () =>
            newcomers.Starts.Values.Count(start => start > BalancedMarketplace.Now) > 30 &&
            await marketplace.Journal.CountMembersAsync() == 2 && await marketplace.Provider.CountChargesAsync() >= ChargesAtQuarter);

        var killedAt = BalancedMarketplace.Now;
        var killed = Stopwatch.StartNew();
        await marketplace.KillServerAsync(1);
        var leftAtKill = await marketplace.Journal.CountUnsettledAsync("old-%");
        var acknowledgedAtKill = load.Acknowledged.Values.Sum();
        await Task.WhenAny(signingUp, Task.Delay(TimeSpan.FromSeconds(10)));
        await enough.CancelAsync();
        await signingUp;
        var signUpsEnded = killed.Elapsed;
        var paying = Eventually.HoldsAsync(
            what: "the payments that were under way are known",
            longest: PaymentsBound - signUpsEnded,
            condition: async () => await marketplace.Journal.CountUnsettledAsync() == 0);
        var answeredBefore = load.CountOf("server-1");
        await marketplace.StartServerAsync(1);
        var back = await Eventually.HoldsAsync(
            what: "the server gets its share again", longest: ReturnBound, condition: () => load.CountOf("server-1") > answeredBefore + 20);
        await load.StopAsync();
        var paid = signUpsEnded + await paying;

        await marketplace.CloseAsync();
        var lives = old.ToDictionary(id => id, _ => new Life(longAgo, RenewalsEach + 1));
        foreach (var (id, start) in newcomers.Starts) lives.Add(id, new Life(start, 1));
        var audited = await LedgerAudit.CheckAsync(
            marketplace.ConnectionString, BalancedMarketplace.Now, lives, await marketplace.Provider.ReadCollectedAsync());
        LedgerAudit.CheckChanges(audited, load.Acknowledged);
        var startedAfter = newcomers.Starts.Where(start => start.Value >= killedAt).ToList();
        Assert.True(startedAfter.Count > 20, $"Only {startedAfter.Count} fell due after the kill.");
        var latest = startedAfter.Max(start => audited[start.Key].Invoices[0].CreatedAt - start.Value).ToTimeSpan();

        output.WriteLine(
            $"At the kill {leftAtKill} old subscriptions were due or being charged, and {acknowledgedAtKill} commands acknowledged; " +
            $"at the end {load.Acknowledged.Values.Sum()}.");
        output.WriteLine(
            $"Longest command {load.Longest.TotalSeconds:0.0} s; " +
            $"due work of {startedAfter.Count} at most {latest.TotalSeconds:0.0} s late; " +
            $"payments known {paid.TotalSeconds:0.0} s after the kill; back {back.TotalSeconds:0.0} s after its start.");
        var answers = load.Outcomes.OrderBy(outcome => outcome.Key).Select(outcome => $"{outcome.Key}: {outcome.Value}");
        output.WriteLine($"Broken streams {load.BrokenStreams}; answers {string.Join(", ", answers)}.");
        Assert.True(leftAtKill > OldSubscriptions / 4, $"Only {leftAtKill} had something to do at the kill; the test proved nothing.");
        Assert.True(load.Acknowledged.Values.Sum() > acknowledgedAtKill + 100, "Hardly a command was acknowledged after the kill.");
        Assert.InRange(load.Longest, TimeSpan.Zero, CommandBound);
        Assert.InRange(latest, TimeSpan.Zero, DueWorkBound);
    }
}
