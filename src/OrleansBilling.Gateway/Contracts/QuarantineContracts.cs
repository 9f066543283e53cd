using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>
/// A subscription whose due work fails each time. It is left out of due work until <c>next_try_at</c>, until it is released,
/// or until a command changes it.
/// </summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Version">The version at which it is stuck.</param>
/// <param name="DueAt">Since when its work is due, by the clock of billing.</param>
/// <param name="Reason">What the last try came to, for operators.</param>
/// <param name="Failures">Tries that failed since the process that counts started.</param>
/// <param name="Since">When it was taken in, by the machine's clock.</param>
/// <param name="NextTryAt">When it is tried again by itself, by the machine's clock: at most an hour after the last try.</param>
internal sealed record QuarantinedDocument(
    string SubscriptionId, long Version, Instant DueAt, string Reason, int Failures, Instant Since, Instant NextTryAt)
{
    public static QuarantinedDocument From(QuarantinedSubscription one) =>
        new(one.SubscriptionId, one.Version, one.DueAt, one.Reason, one.Failures, one.Since, one.NextTryAt);
}

/// <summary>A page of the quarantine, ordered by subscription.</summary>
internal sealed record QuarantinePage(ImmutableArray<QuarantinedDocument> Data, string? NextCursor);

/// <summary>A subscription that was released.</summary>
internal sealed record ReleasedDocument(string SubscriptionId);
