using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Placement;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Grains;

/// <summary>
/// A live subscription. Orleans gives it turns and <see cref="SubscriptionHandler"/> does the work. A timer wakes it for a
/// due time in the near future; the due pump handles the rest. It holds nothing that is not on disk. It may therefore be lost,
/// moved, or even live twice for a moment, because the journal's version check decides.
/// </summary>
[RingPlacement, GrainType(RingDirectoryResolver.SubscriptionType)]
internal sealed partial class SubscriptionGrain : RingGrain, ISubscriptionGrain
{
    private static readonly Duration TimerHorizon = Duration.FromMinutes(2);
    private static readonly CommandResult TooNew = new CommandResult.Unavailable(
        "unavailable", "This silo is older than the command and does not know it; nothing was done.");
    private static readonly CommandResult OtherClock = new CommandResult.Unavailable(
        "unavailable", "Sender and silo must agree on Billing__Clock; nothing was done.");

    private readonly SiloRuntime silo;
    private readonly SubscriptionHandler handler;
    private readonly ILogger<SubscriptionGrain> logger;
    private MembershipVersion seenMembers;
    private IGrainTimer? timer;
    private Instant timerAt;

    /// <summary>
    /// Whether a caller used it. A grain that only woke for due work leaves memory when done. Otherwise a billing day would fill
    /// the memory with grains that nobody needs for a month.
    /// </summary>
    private bool stays;

    public SubscriptionGrain(SiloRuntime silo, RingResidents residents, ILogger<SubscriptionGrain> logger)
        : base(residents)
    {
        this.silo = silo;
        this.logger = logger;
        Id = this.GetPrimaryKeyString();
        handler = new SubscriptionHandler(Id, silo.Handlers);
    }

    private string Id { get; }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        BillingTelemetry.LiveSubscriptions.Add(1);
        return base.OnActivateAsync(cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        BillingTelemetry.LiveSubscriptions.Add(-1);
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async ValueTask<CommandAnswer> ExecuteAsync(CommandMessage message) => new(await RunAsync(message));

    public async ValueTask<EffectMessage> ReportAsync(CommandMessage message) => EffectMessage.Of(await RunAsync(message));

    public async ValueTask<DueAnswer> WakeAsync(DueMessage due)
    {
        if (!silo.Clock.TryFollow(due.VirtualNow)) return DueAnswer.Stuck;
        if (!silo.Effects.TryBeginWake()) return DueAnswer.Busy;
        try
        {
            var result = await HandleAsync(CommandEnvelope.Wake, new StoredSubscription(Id, due.Version, due.State));
            if (result is CommandResult.Refused refused) LogWakeRefused(Id, refused.Refusal.Code);
            return result switch
            {
                CommandResult.Accepted accepted => accepted.State.Version > due.Version ? DueAnswer.Moved : DueAnswer.Idle,
                CommandResult.Refused => DueAnswer.Refused,
                CommandResult.Unavailable { Code: CommandResult.NotStored } => DueAnswer.NotStored,
                _ => DueAnswer.Stuck,
            };
        }
        finally
        {
            silo.Effects.EndWake();
        }
    }

    /// <summary>A command from this process is not decoded, and needs no state machine here.</summary>
    private ValueTask<CommandResult> RunAsync(CommandMessage message)
    {
        if (!silo.Clock.TryFollow(message.VirtualNow)) return new ValueTask<CommandResult>(OtherClock);
        var opened = message.OpenAsync(silo.Catalog);
        return opened is { IsCompletedSuccessfully: true, Result: { } envelope }
            ? HandleAsync(envelope, null, message.Trace)
            : DecodeAndHandleAsync(opened, message.Trace);
    }

    private async ValueTask<CommandResult> DecodeAndHandleAsync(ValueTask<CommandEnvelope?> decoding, string? trace)
    {
        try
        {
            var envelope = await decoding;
            return envelope is null ? TooNew : await HandleAsync(envelope, null, trace);
        }
        catch (JournalUnavailableException e)
        {
            return new CommandResult.Unavailable("unavailable", e.Message);
        }
    }

    private async ValueTask<CommandResult> HandleAsync(CommandEnvelope envelope, StoredSubscription? stored, string? trace = null)
    {
        var span = CommandSpan.Begin(envelope, silo.Time, trace);
        CommandResult? result = null;
        try
        {
            var outcome = await handler.HandleAsync(envelope, stored, CancellationToken.None);
            result = outcome.Result;
            silo.Effects.Start(Id, outcome);
            var woken = envelope.Caller.Role == Role.System;
            if (result is CommandResult.Accepted { Replayed: false } accepted) SetTimer(accepted.State, woken);
            stays |= !woken;
            if (!stays && timer is null && outcome.Effects.Count == 0) DeactivateOnIdle();
            if (silo.Members.HasMoved(this.GetGrainId(), ref seenMembers)) MigrateOnIdle();
            return result;
        }
        finally
        {
            span.End(result);
        }
    }

    /// <summary>
    /// Sets a timer for work that is due soon, or that became due since the decision. The pump asks the provider again about
    /// payments; this is rare. The pump also retries wakes that failed.
    /// </summary>
    private void SetTimer(Subscription state, bool woken)
    {
        var now = silo.Clock.Clock.GetCurrentInstant();
        var due = DueWork.Next(state);
        if (due is not { Kind: not (DueKind.AskCharge or DueKind.AskRefund) } near || (woken && near.At <= now) ||
            near.At > now + TimerHorizon || silo.Clock.IsVirtual)
        {
            timer?.Dispose();
            timer = null;
            return;
        }

        if (timer is not null && timerAt == near.At) return;
        timer?.Dispose();
        timerAt = near.At;
        timer = this.RegisterGrainTimer(
            static (grain, _) => grain.HandleAsync(CommandEnvelope.Wake, null).AsTask(),
            this,
            new GrainTimerCreationOptions
            {
                DueTime = Duration.Max(near.At - now, Duration.Zero).ToTimeSpan(), Period = Timeout.InfiniteTimeSpan,
            });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Waking subscription {SubscriptionId} was refused: {Code}.")]
    private partial void LogWakeRefused(string subscriptionId, string code);
}
