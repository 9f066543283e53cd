namespace OrleansBilling.Domain.Subscriptions;

/// <summary>The retention offer that was assigned to a customer who asked to cancel.</summary>
/// <param name="Number">
/// The variant's position in the product's list, from 1. 0 is the control group, which is offered nothing.
/// <see cref="NothingFits"/> means that no variant matched.
/// </param>
/// <param name="OfferId">The variant's id; null if nothing was offered.</param>
/// <param name="Reason">The reason code that the customer gave.</param>
public sealed record RetentionAssignment(int Number, string? OfferId, string? Reason)
{
    /// <summary>No variant matched the customer. Such customers are not counted.</summary>
    public const int NothingFits = -1;
}
