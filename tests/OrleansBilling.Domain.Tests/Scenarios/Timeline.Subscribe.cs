using System.Collections.Immutable;

namespace OrleansBilling.Domain.Tests.Scenarios;

/// <summary>The first command of every life.</summary>
public sealed partial class Timeline
{
    public const string Id = "sub-1";
    public const string Token = "tok_a";

    /// <summary>Subscribes "customer" at once.</summary>
    public Timeline Subscribe(string? token = Token, int? trialDays = null, string? startAt = null, Caller? caller = null) =>
        Tell(Subscription(token, trialDays, startAt is null ? null : When.Utc(startAt)), caller);

    public Timeline SubscribeWithoutMethod(string? startAt = null) => Subscribe(token: null, startAt: startAt);

    /// <summary>Subscribes while the bank answers the first questions with <paramref name="outcomes"/>.</summary>
    public Timeline SubscribeWith(params PaymentOutcome?[] outcomes)
    {
        Bank.Says(outcomes);
        return Subscribe();
    }

    public SubscriptionCommand Subscription(string? token = Token, int? trialDays = null, Instant? startAt = null) =>
        new SubscriptionCommand.Subscribe(
            Id, Terms, new Customer("customer", "customer@example.com"), token, trialDays, startAt,
            ImmutableSortedDictionary<string, string>.Empty.Add("campaign", "spring"));
}
