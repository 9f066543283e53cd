using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>An ordered add-on.</summary>
/// <param name="Id">The add-on's id within the offer.</param>
/// <param name="Quantity">Pieces, at least 1.</param>
public sealed record AddOnQuantity(string Id, int Quantity);

/// <summary>The order that takes effect at the end of the period or trial.</summary>
/// <param name="OfferVersion">The version that was current when the change was requested.</param>
/// <param name="Quantity">Pieces of the plan.</param>
public sealed record ScheduledChange(string OfferId, int OfferVersion, int Quantity, ImmutableArray<AddOnQuantity> AddOns);

/// <summary>A pause that starts at the end of the period.</summary>
/// <param name="Until">When it ends by itself; null if it lasts until resumed.</param>
public sealed record ScheduledPause(Instant? Until);
