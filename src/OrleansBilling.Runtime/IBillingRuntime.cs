using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime;

/// <summary>Runs commands in the turns of grains. This is all that a gateway sees of the host (see ARCHITECTURE.md).</summary>
public interface IBillingRuntime
{
    /// <summary>
    /// Whether commands have somewhere to go: a silo was reached, and one has answered within the last ten seconds.
    /// Commands are tried in any case.
    /// </summary>
    bool IsReady { get; }

    /// <summary>
    /// Runs a command in the turn of its subscription. After <see cref="CommandResult.Accepted"/> its effect is
    /// durable. Never throws for a business reason or a broken database.
    /// </summary>
    ValueTask<CommandResult> ExecuteAsync(string subscriptionId, CommandEnvelope envelope, CancellationToken cancellationToken);
}

/// <summary>A command on its way to a grain.</summary>
public sealed record CommandEnvelope(SubscriptionCommand Command, Caller Caller, IdempotencyKey? Idempotency = null)
{
    /// <summary>The version that the subscription must have; null for any.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Does whatever is due, on behalf of the runtime.</summary>
    public static CommandEnvelope Wake { get; } = new(SubscriptionCommand.Wake.Instance, Caller.System);
}

/// <summary>A caller's idempotency key, hashed, and a fingerprint of its request.</summary>
/// <param name="Key">64 bits of a SHA-256 of the key.</param>
/// <param name="Fingerprint">64 bits of a SHA-256 of the request.</param>
public readonly record struct IdempotencyKey(ulong Key, ulong Fingerprint);

/// <summary>The result of a command.</summary>
public abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <summary>The code for data that the database refuses to store: the database is available, but rejects the data itself.</summary>
    public const string NotStored = "not_stored";

    /// <summary>The command's effect is durable.</summary>
    /// <param name="State">The subscription as the command left it; on a replay, as it left it originally.</param>
    /// <param name="Terms">The offer version that it runs on.</param>
    /// <param name="Replayed">Whether the key was seen before, so that nothing happened this time.</param>
    public sealed record Accepted(Subscription State, OfferTerms Terms, bool Replayed) : CommandResult;

    /// <summary>The command had no effect, for a business reason.</summary>
    public sealed record Refused(Refusal Refusal) : CommandResult;

    /// <summary>
    /// The command was not done, or is not known to be done, for a technical reason: repeat it with the same key.
    /// <paramref name="Code"/> is <c>busy</c> (a bounded queue is full), <c>unavailable</c> (the database does not
    /// answer), <c>conflict</c> (other commands kept winning), <c>unknown</c> (the connection was lost in flight),
    /// <see cref="NotStored"/> or <c>stopping</c>.
    /// </summary>
    /// <param name="Code">Stable, snake_case.</param>
    /// <param name="Detail">One sentence for people.</param>
    public sealed record Unavailable(string Code, string Detail) : CommandResult;
}
