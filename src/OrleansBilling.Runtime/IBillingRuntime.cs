using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime;

/// <summary>What gives grains their turns; all that a gateway sees of the host (see ARCHITECTURE.md).</summary>
public interface IBillingRuntime
{
    /// <summary>
    /// Whether commands have somewhere to go: not before a silo was reached for the first time. One that is lost later
    /// is looked for by every command.
    /// </summary>
    bool IsReady { get; }

    /// <summary>
    /// Runs a command in the turn of its subscription. When this returns <see cref="CommandResult.Accepted"/>, its
    /// effect is durable. Never throws for a business reason or a broken database.
    /// </summary>
    ValueTask<CommandResult> ExecuteAsync(string subscriptionId, CommandEnvelope envelope, CancellationToken cancellationToken);
}

/// <summary>A command on its way to a grain.</summary>
/// <param name="Command">What is asked.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Idempotency">The caller's key and what it stands for; null for none.</param>
public sealed record CommandEnvelope(SubscriptionCommand Command, Caller Caller, IdempotencyKey? Idempotency = null)
{
    /// <summary>Does whatever is due, in the name of the runtime.</summary>
    public static CommandEnvelope Wake { get; } = new(SubscriptionCommand.Wake.Instance, Caller.System);
}

/// <summary>A caller's key, hashed, with a fingerprint of the request that it came with.</summary>
/// <param name="Key">64 bits of a SHA-256 of the key.</param>
/// <param name="Fingerprint">64 bits of a SHA-256 of the request.</param>
public readonly record struct IdempotencyKey(ulong Key, ulong Fingerprint);

/// <summary>What became of a command.</summary>
public abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <summary>The code of what the database refuses to store: not for being away, but for what it is.</summary>
    public const string NotStored = "not_stored";

    /// <summary>Durable.</summary>
    /// <param name="State">The subscription as the command left it (on a replay: as it left it then).</param>
    /// <param name="Terms">The offer version that it runs on.</param>
    /// <param name="Replayed">Whether the key was seen before and nothing happened anew.</param>
    public sealed record Accepted(Subscription State, OfferTerms Terms, bool Replayed) : CommandResult;

    /// <summary>No effect, for a business reason.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(Refusal Refusal) : CommandResult;

    /// <summary>
    /// Not done, or not known to be done, for a technical reason: repeat with the same key. <paramref name="Code"/> is
    /// <c>busy</c> (a bounded queue is full), <c>unavailable</c> (the database does not answer), <c>unknown</c> (the
    /// connection was lost in flight), <see cref="NotStored"/> or <c>stopping</c>.
    /// </summary>
    /// <param name="Code">Stable, snake_case.</param>
    /// <param name="Detail">One sentence for people.</param>
    public sealed record Unavailable(string Code, string Detail) : CommandResult;
}
