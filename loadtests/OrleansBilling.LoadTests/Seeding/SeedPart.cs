using NodaTime;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>Subscriptions that are all alike but for their ids.</summary>
/// <param name="Terms">What was sold.</param>
/// <param name="SoldAt">When; they are due one period later.</param>
/// <param name="Token">The payment method from then on; the first charge always succeeded.</param>
/// <param name="Count">How many.</param>
internal sealed record SeedPart(OfferTerms Terms, Instant SoldAt, string Token, int Count);
