namespace OrleansBilling.Domain.Feed;

/// <summary>An event for integrators.</summary>
/// <param name="Sequence">
/// The event of the subscription's journal that it stands for; several may stand for one. Of an endpoint: where its state of then is kept.
/// </param>
/// <param name="Type">What happened.</param>
/// <param name="Invoice">The number, within the subscription, of the invoice that it is about; 0 for none.</param>
/// <param name="SellerId">Who sold the subscription, or has the endpoint; empty for the marketplace itself.</param>
public readonly record struct FeedEvent(long Sequence, FeedEventType Type, int Invoice, string SellerId);
