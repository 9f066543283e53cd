using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>Tells subscriptions what to do past the routes, for stories whose point is what is counted of it.</summary>
internal static class Told
{
    /// <summary>A command that is accepted, and what is due at the present instant after it.</summary>
    public static async Task TellAsync(this TestGateway gateway, string id, SubscriptionCommand command)
    {
        var result = await gateway.Services.Runtime.ExecuteAsync(id, new CommandEnvelope(command, Caller.Administrator), CancellationToken.None);
        Assert.IsType<CommandResult.Accepted>(result);
        await gateway.SettleAsync();
    }

    public static async Task ChangePlanAsync(this TestGateway gateway, string id, string offerId) =>
        await gateway.TellAsync(id, new SubscriptionCommand.ChangePlan(EffectiveAt.Now, await gateway.TermsAsync(offerId), null, null));

    public static async Task<OfferTerms> TermsAsync(this TestGateway gateway, string offerId)
    {
        var terms = await gateway.Services.Catalog.FindNewestTermsAsync(offerId, CancellationToken.None);
        Assert.NotNull(terms);
        return terms;
    }
}
