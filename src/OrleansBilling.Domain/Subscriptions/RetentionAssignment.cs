namespace OrleansBilling.Domain.Subscriptions;

/// <summary>A retention offer, as assigned to a customer who asked to cancel.</summary>
/// <param name="Number">
/// The variant's position in the product's list, from 1; 0 for the control group, which is offered nothing;
/// <see cref="NothingFits"/> where no variant was fit for the customer.
/// </param>
/// <param name="OfferId">The variant's id; null where nothing was offered.</param>
/// <param name="Reason">The reason code that was stated.</param>
public sealed record RetentionAssignment(int Number, string? OfferId, string? Reason)
{
    /// <summary>The number of those for whom there was no variant; they are not counted.</summary>
    public const int NothingFits = -1;
}
