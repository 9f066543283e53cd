using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Offers a customer who wants to cancel something instead, and accepts the offer.</summary>
internal sealed class RetentionRoutes(
    CallersSubscriptions subscriptions, PreferredRetention preferredRetention, CatalogCache catalog, CommandRunner commands,
    CommandAnswers answers) : IRouteGroup
{
    private static readonly AskRetentionBody NoReason = new();

    public void Map(ApiRoutes api)
    {
        var json = GatewayJson.Default;
        api.Post(SubscriptionCommandRoutes.Path("retention"), Roles.Everyone, json.AskRetentionBody, AskAsync, NoReason)
            .Named("subscriptions_ask_retention").Answers(200, typeof(RetentionAnswerDocument))
                .Describe(SubscriptionCommandRoutes.Tag, "Asks for an offer instead of a cancellation");
        SubscriptionCommandRoutes.Describe(
            api.Post(
                SubscriptionCommandRoutes.Path("retention/accept"), Roles.Everyone, json.EmptyBody, (call, _) =>
                    AcceptAsync(call), SubscriptionCommandRoutes.Nothing),
            "subscriptions_accept_retention", "Accepts the retention offer and undoes a scheduled cancellation");
    }

    private async ValueTask<IResult> AskAsync(ApiCall call, AskRetentionBody body)
    {
        var check = new Check();
        check.Reason(body.Reason, "reason");
        if (check.Error is { } error) return Answers.Problem(error);
        if (await subscriptions.FindAsync(call) is not { } view) return Answers.Problem(ApiErrors.From(Refusal.NotFound));

        var product = view.Terms.Product;
        var preferred = product.Retention is null ? null : await preferredRetention.FindAsync(product.Id, call.Aborted);
        var result = await commands.ExecuteAsync(
            CommandCall.Of(call, call.Id),
            new SubscriptionCommand.AskRetention(body.Reason, preferred) { Unavailable = await FindUnavailableAsync(call, view) });
        return result is CommandResult.Accepted done ? await ShowAsync(call, done) : Answers.Problem(CommandAnswers.ErrorOf(result));
    }

    /// <summary>
    /// A retention policy names offers of its product that are created after it. An offer is left out while it does not
    /// exist, is archived, belongs to another product or has another currency.
    /// </summary>
    private async ValueTask<ImmutableArray<int>> FindUnavailableAsync(ApiCall call, SubscriptionView view)
    {
        if (view.Terms.Product.Retention is not { } policy) return [];
        var unavailable = ImmutableArray.CreateBuilder<int>();
        for (var n = 0; n < policy.Offers.Length; n++)
        {
            if (policy.Offers[n].OfferId is not { } offerId) continue;
            var newest = await catalog.FindNewestAsync(offerId, call.Aborted);
            var terms = newest is { Archived: null } ? newest.Terms : null;
            if (terms?.Product.Id != view.Terms.Product.Id || terms.Offer.Currency != view.Terms.Offer.Currency) unavailable.Add(n + 1);
        }

        return unavailable.ToImmutable();
    }

    private async ValueTask<IResult> ShowAsync(ApiCall call, CommandResult.Accepted done)
    {
        if (await answers.FindCustomerAsync(call, done) is not { } shown) return CommandAnswers.Unknown;
        var offer = OfferOf(done.Terms.Product, done.State);
        var answer = new RetentionAnswerDocument(
            offer is null ? null : RetentionOfferDocument.From(offer),
            SubscriptionDocument.From(done.State, done.Terms, shown.Customer, shown.Comments));
        return Answers.Json(
            StatusCodes.Status200OK, answer, GatewayJson.Default.RetentionAnswerDocument, done.Replayed, version: done.State.Version);
    }

    private async ValueTask<IResult> AcceptAsync(ApiCall call)
    {
        if (await subscriptions.FindAsync(call) is not { } view) return Answers.Problem(ApiErrors.From(Refusal.NotFound));
        var terms = await CheaperTermsAsync(call, view);
        return await commands.AnswerAsync(call, new CommandRequest.Plain(new SubscriptionCommand.AcceptRetention(terms)));
    }

    /// <summary>The newest version of the cheaper offer, if the retention offer is one.</summary>
    private async ValueTask<OfferTerms?> CheaperTermsAsync(ApiCall call, SubscriptionView view) =>
        OfferOf(view.Terms.Product, view.State)?.OfferId is { } offerId
            ? await catalog.FindNewestTermsAsync(offerId, call.Aborted)
            : null;

    private static RetentionOffer? OfferOf(Product product, Subscription state) =>
        state.Retention?.OfferId is { } id ? product.Retention?.Offers.FirstOrDefault(offer => offer.Id == id) : null;
}
