using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Converts the result of a command to an answer.</summary>
internal sealed class CommandAnswers(CustomerReader customers, SubscriptionTextReader texts)
{
    private static readonly CommandResult.Unavailable NotShown = new(
        "unknown", "The command was done, but the database did not show its customer; repeat with the same Idempotency-Key.");

    /// <summary>The subscription, or the error if the command was not done.</summary>
    public async ValueTask<IResult> ShowAsync(ApiCall call, CommandResult result, int statusWhenDone)
    {
        if (result is not CommandResult.Accepted done) return Answers.Problem(ErrorOf(result));
        if (await FindCustomerAsync(call, done) is not { } shown) return Answers.Problem(ErrorOf(NotShown));
        var location = statusWhenDone == StatusCodes.Status201Created ? $"/v1/subscriptions/{done.State.Id}" : null;
        return Answers.Json(
            statusWhenDone, SubscriptionDocument.From(done.State, done.Terms, shown.Customer, shown.Comments),
            GatewayJson.Default.SubscriptionDocument, done.Replayed, location, done.State.Version);
    }

    /// <summary>The customer of a subscription after a command, and what was written; null if the database did not answer.</summary>
    public async ValueTask<ShownCustomer?> FindCustomerAsync(ApiCall call, CommandResult.Accepted done)
    {
        try
        {
            return new ShownCustomer(
                await customers.FindAsync(done.State.Customer.Id, call.Aborted), await texts.FindCommentsAsync([done.State], call.Aborted));
        }
        catch (JournalUnavailableException)
        {
            return null;
        }
    }

    /// <summary>The answer to a command that was done, if its customer cannot be shown.</summary>
    public static IResult Unknown => Answers.Problem(ErrorOf(NotShown));

    /// <summary>The error if a command was not done.</summary>
    public static ApiError ErrorOf(CommandResult result) => result switch
    {
        CommandResult.Refused refused => ApiErrors.From(refused.Refusal),
        CommandResult.Unavailable unavailable => ApiErrors.From(unavailable),
        _ => throw new InvalidOperationException($"{result.GetType().Name} is not known."),
    };

    /// <param name="Customer">Null if the customer is not known.</param>
    /// <param name="Comments">The comment of its cancellation, if there is one.</param>
    public readonly record struct ShownCustomer(CustomerProfile? Customer, SubscriptionTexts Comments);
}
