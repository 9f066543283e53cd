using Orleans.CodeGeneration;

namespace OrleansBilling.Silo.Wire;

/// <summary>A subscription, keyed by its id.</summary>
[Version(1), Alias("orleans_billing.subscription")]
internal interface ISubscriptionGrain : IGrainWithStringKey
{
    [Alias("execute")]
    ValueTask<CommandAnswer> ExecuteAsync(CommandMessage message);

    /// <summary>Runs the command of an effect: the outcome of a payment, or a wake-up.</summary>
    [Alias("report")]
    ValueTask<EffectMessage> ReportAsync(CommandMessage message);

    /// <summary>Does the due work. The snapshot saves a read if it is newer than the grain's state.</summary>
    [Alias("wake")]
    ValueTask<DueAnswer> WakeAsync(DueMessage due);
}
