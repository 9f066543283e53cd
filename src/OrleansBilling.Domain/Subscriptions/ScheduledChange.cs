using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>How much of an add-on was bought.</summary>
/// <param name="Id">The add-on's id within the offer.</param>
/// <param name="Quantity">Pieces, from 1.</param>
public sealed record AddOnQuantity(string Id, int Quantity);

/// <summary>What a subscription is changed to at the end of its period or trial.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="OfferVersion">Its version, as of the day on which the change was asked for.</param>
/// <param name="Quantity">Pieces of the plan.</param>
/// <param name="AddOns">What is bought on top.</param>
public sealed record ScheduledChange(string OfferId, int OfferVersion, int Quantity, ImmutableArray<AddOnQuantity> AddOns);

/// <summary>A pause that begins at the end of the period.</summary>
/// <param name="Until">When it ends by itself; null for when it is resumed.</param>
public sealed record ScheduledPause(Instant? Until);
