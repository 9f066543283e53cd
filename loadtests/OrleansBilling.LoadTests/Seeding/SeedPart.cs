using NodaTime;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>Subscriptions that differ only in their ids.</summary>
/// <param name="Terms">What was sold.</param>
/// <param name="SoldAt">When they were sold; they are due one period later.</param>
/// <param name="Token">The payment method after the first charge, which always succeeds.</param>
/// <param name="Count">The number of subscriptions.</param>
internal sealed record SeedPart(OfferTerms Terms, Instant SoldAt, string Token, int Count);
