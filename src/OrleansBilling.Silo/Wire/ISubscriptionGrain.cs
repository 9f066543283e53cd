using Orleans.CodeGeneration;

namespace OrleansBilling.Silo.Wire;

/// <summary>A subscription, by its id.</summary>
[Version(1), Alias("orleans_billing.subscription")]
internal interface ISubscriptionGrain : IGrainWithStringKey
{
    /// <summary>Runs a command in this subscription's turn.</summary>
    [Alias("execute")]
    Task<CommandAnswer> ExecuteAsync(CommandMessage message);

    /// <summary>The same for an effect: the outcome of a payment, or a wake-up.</summary>
    [Alias("report")]
    Task<EffectMessage> ReportAsync(CommandMessage message);

    /// <summary>Does what is due; the snapshot saves a read when it is newer than what the grain knows.</summary>
    [Alias("wake")]
    Task<DueAnswer> WakeAsync(DueMessage due);
}
