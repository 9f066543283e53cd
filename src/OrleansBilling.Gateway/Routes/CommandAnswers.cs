using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Converts the result of a command to an answer.</summary>
internal static class CommandAnswers
{
    /// <summary>The subscription, or the error if the command was not done.</summary>
    public static IResult Show(CommandResult result, int statusWhenDone) => result switch
    {
        CommandResult.Accepted done => Answers.Json(
            statusWhenDone, SubscriptionDocument.From(done.State, done.Terms), GatewayJson.Default.SubscriptionDocument, done.Replayed,
            statusWhenDone == StatusCodes.Status201Created ? $"/v1/subscriptions/{done.State.Id}" : null, done.State.Version),
        _ => Answers.Problem(ErrorOf(result)),
    };

    /// <summary>The error if a command was not done.</summary>
    public static ApiError ErrorOf(CommandResult result) => result switch
    {
        CommandResult.Refused refused => ApiErrors.From(refused.Refusal),
        CommandResult.Unavailable unavailable => ApiErrors.From(unavailable),
        _ => throw new InvalidOperationException($"{result.GetType().Name} is not known."),
    };
}
