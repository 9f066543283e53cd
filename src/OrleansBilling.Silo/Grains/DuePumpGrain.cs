using Orleans.Concurrency;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Placement;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Grains;

/// <summary>
/// The due pump of one group of partitions. It reads due work twice a second and passes each subscription to its grain. It
/// is never collected while idle. The silo that the ring gives the group to keeps it alive (<see cref="PumpWatch"/>); should
/// that fail, its reminder revives it within a minute. Two pumps of one group for a moment are harmless, because
/// the journal's version check decides.
/// </summary>
[RingPlacement, KeepAlive, Reentrant, GrainType(RingDirectoryResolver.DuePumpType)]
internal sealed partial class DuePumpGrain : RingGrain, IDuePumpGrain, IRemindable, IDisposable
{
    private const string Watchdog = "watchdog";
    private static readonly TimeSpan WatchdogPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(50);

    private readonly SiloRuntime silo;
    private readonly PumpBoard board;
    private readonly DuePump pump;
    private readonly ILogger<DuePumpGrain> logger;
    private bool watched;
    private bool told;
    private MembershipVersion seenMembers;

    /// <summary>The last pass requested. It may still be running.</summary>
    private (long Number, Task<PumpAnswer> Answer)? asked;

    public DuePumpGrain(SiloRuntime silo, PumpBoard board, RingResidents residents, ILoggerFactory loggers)
        : base(residents)
    {
        this.silo = silo;
        this.board = board;
        logger = loggers.CreateLogger<DuePumpGrain>();
        var group = Group;
        pump = new DuePump(
            (now, after, limit, cancellationToken) => silo.Stores.Due.ReadDueAsync(group, now, after, limit, cancellationToken),
            silo.Clock.Clock, silo.PumpOptions, silo.Time, WakeAsync, silo.Stores.Quarantine, loggers.CreateLogger<DuePump>(),
            id => silo.Members.FindOwner(silo.FindSubscription(id).GetGrainId()));
    }

    private int Group => (int)this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        pump.Start();
        board.Add(Group, pump, () => GrainContext.Deactivate(RingSweep.Moved));
        await WatchAsync();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        board.Remove(Group, pump);
        try
        {
            await pump.StopAsync(cancellationToken);
        }
        finally
        {
            await base.OnDeactivateAsync(reason, cancellationToken);
        }
    }

    public void Dispose() => pump.Dispose();

    public async Task<bool> EnsureAsync()
    {
        if (silo.Members.HasMoved(this.GetGrainId(), ref seenMembers))
        {
            MigrateOnIdle();
            return false;
        }

        await WatchAsync();
        return watched;
    }

    public async Task<PumpAnswer?> RunOnceAsync(long? virtualNow, long pass)
    {
        if (!silo.Clock.TryFollow(virtualNow)) return PumpAnswer.NotRun("Sender and silo must agree on Billing__Clock.");
        if (asked?.Number != pass) asked = (pass, PassAsync());
        var answer = asked.Value.Answer;
        return await silo.WithinPollAsync(answer) ? await answer : null;
    }

    public Task<string[]> ReadSilosAsync() => Task.FromResult(silo.Members.Active.Select(address => address.ToParsableString()).ToArray());

    /// <summary>Nothing to do: the call itself activates the grain.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    /// <summary>Registers the reminder. If the database does not answer, the pump runs without one.</summary>
    private async Task WatchAsync()
    {
        if (watched) return;
        try
        {
            await this.RegisterOrUpdateReminder(Watchdog, WatchdogPeriod, WatchdogPeriod);
            watched = true;
        }
        catch (Exception e)
        {
            // The watch calls every second; one line is enough.
            if (!told) LogUnwatched(Group, e.Message);
            told = true;
        }
    }

    private async Task<PumpAnswer> PassAsync()
    {
        try
        {
            var pass = await pump.RunOnceAsync(CancellationToken.None);
            return new PumpAnswer { Found = pass.Found, Moved = pass.Moved, Stuck = pass.Stuck, Failed = pass.Failed };
        }
        catch (JournalUnavailableException e)
        {
            return PumpAnswer.NotRun(e.Message);
        }
    }

    private async Task<WakeOutcome> WakeAsync(StoredSubscription due, CancellationToken cancellationToken)
    {
        var grain = silo.FindSubscription(due.SubscriptionId);
        while (true)
        {
            try
            {
                var answer = await grain.WakeAsync(
                    new DueMessage { Version = due.Version, State = due.State, VirtualNow = silo.Clock.VirtualNow });
                if (answer != DueAnswer.Busy) return OutcomeOf(answer);
            }
            catch (Exception e) when (CallFaults.Of(e) is not null)
            {
                // The silo was lost or the grain is busy. The subscription stays due.
                return WakeOutcome.Unavailable;
            }

            await Task.Delay(BusyPause, silo.Time, cancellationToken);
        }
    }

    private static WakeOutcome OutcomeOf(DueAnswer answer) => answer switch
    {
        DueAnswer.Moved => WakeOutcome.Moved,
        DueAnswer.Refused => new WakeOutcome.Failed("Its wake is refused; see the log of its silo."),
        DueAnswer.Idle => new WakeOutcome.Failed("It is due but has nothing to do."),
        DueAnswer.NotStored => new WakeOutcome.Failed("The database refuses to store the next events; see the log of its silo."),
        _ => WakeOutcome.Unavailable,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The due pump of group {Group} has no reminder yet: {Reason}")]
    private partial void LogUnwatched(int group, string reason);
}
