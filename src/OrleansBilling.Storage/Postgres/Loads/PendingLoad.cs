using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Postgres.Loads;

/// <summary>A load in flight and the promise of its answer.</summary>
internal sealed class PendingLoad(string subscriptionId)
    : TaskCompletionSource<StoredSubscription?>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public string SubscriptionId { get; } = subscriptionId;

    /// <summary>Another load of the same subscription in the same batch. Both get the same answer.</summary>
    public PendingLoad? Next { get; set; }
}
