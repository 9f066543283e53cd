using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>
/// A subscription whose due work keeps failing. It is excluded from due work until <c>next_try_at</c>, until it is released, or until a
/// command changes it.
/// </summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Version">The version at which it is stuck.</param>
/// <param name="DueAt">When its work became due, in billing time.</param>
/// <param name="Reason">The outcome of the last attempt, for operators.</param>
/// <param name="Failures">Failed attempts since the process that counts them started.</param>
/// <param name="Since">When it entered quarantine, by the machine's clock.</param>
/// <param name="NextTryAt">When it is retried, by the machine's clock: at most an hour after the last attempt.</param>
internal sealed record QuarantinedDocument(
    string SubscriptionId, long Version, Instant DueAt, string Reason, int Failures, Instant Since, Instant NextTryAt)
{
    public static QuarantinedDocument From(QuarantinedSubscription one) =>
        new(one.SubscriptionId, one.Version, one.DueAt, one.Reason, one.Failures, one.Since, one.NextTryAt);
}

/// <summary>A page of the quarantine, ordered by subscription id.</summary>
internal sealed record QuarantinePage(ImmutableArray<QuarantinedDocument> Data, string? NextCursor);

/// <summary>A subscription that left the quarantine.</summary>
internal sealed record ReleasedDocument(string SubscriptionId);
