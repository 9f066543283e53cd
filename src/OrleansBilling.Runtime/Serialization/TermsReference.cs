using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>Identifies an offer version between processes that share a catalog.</summary>
internal sealed record TermsReference(string OfferId, int Version)
{
    public static TermsReference? Of(OfferTerms? terms) => terms is null ? null : new TermsReference(terms.Offer.Id, terms.Offer.Version);

    /// <summary>The catalog terms that a command carries; null for most commands.</summary>
    public static TermsReference? Of(SubscriptionCommand command) => Of(command switch
    {
        SubscriptionCommand.Subscribe x => x.Terms,
        SubscriptionCommand.ChangePlan x => x.Terms,
        SubscriptionCommand.AcceptRetention x => x.Terms,
        _ => null,
    });

    /// <summary>Returns the command with its terms, read from the catalog.</summary>
    public async ValueTask<SubscriptionCommand> GiveToAsync(
        SubscriptionCommand command, CatalogCache catalog, CancellationToken cancellationToken)
    {
        var terms = await FindAsync(catalog, cancellationToken);
        return command switch
        {
            SubscriptionCommand.Subscribe x => x with { Terms = terms },
            SubscriptionCommand.ChangePlan x => x with { Terms = terms },
            SubscriptionCommand.AcceptRetention x => x with { Terms = terms },
            _ => command,
        };
    }

    /// <exception cref="InvalidOperationException">The catalog lacks the terms, although another process read them from it.</exception>
    public async ValueTask<OfferTerms> FindAsync(CatalogCache catalog, CancellationToken cancellationToken) =>
        await catalog.FindTermsAsync(OfferId, Version, cancellationToken)
        ?? throw new InvalidOperationException($"Offer '{OfferId}' version {Version} is not stored.");
}
