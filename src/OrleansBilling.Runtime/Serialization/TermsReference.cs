using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>Names a version of an offer between processes that share a catalog.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="Version">Its version.</param>
internal sealed record TermsReference(string OfferId, int Version)
{
    public static TermsReference? Of(OfferTerms? terms) => terms is null ? null : new TermsReference(terms.Offer.Id, terms.Offer.Version);

    /// <summary>What a command brings with it from the catalog; most bring nothing.</summary>
    public static TermsReference? Of(SubscriptionCommand command) => Of(command switch
    {
        SubscriptionCommand.Subscribe x => x.Terms,
        SubscriptionCommand.ChangePlan x => x.Terms,
        SubscriptionCommand.AcceptRetention x => x.Terms,
        _ => null,
    });

    /// <summary>A command with the terms that it brought.</summary>
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

    /// <exception cref="InvalidOperationException">The catalog lacks them, although another process took them from there.</exception>
    public async ValueTask<OfferTerms> FindAsync(CatalogCache catalog, CancellationToken cancellationToken) =>
        await catalog.FindTermsAsync(OfferId, Version, cancellationToken)
        ?? throw new InvalidOperationException($"Offer '{OfferId}' version {Version} is not stored.");
}
