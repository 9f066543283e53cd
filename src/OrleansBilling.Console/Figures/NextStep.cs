using OrleansBilling.Client;
using OrleansBilling.Console.Words;

namespace OrleansBilling.Console.Figures;

/// <summary>What happens next to a subscription if nobody does anything.</summary>
public static class NextStep
{
    public static string Title(Subscription s, Texts texts, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(s);
        ArgumentNullException.ThrowIfNull(texts);
        return s switch
        {
            { Status: SubscriptionStatus.Canceled or SubscriptionStatus.Expired or SubscriptionStatus.Completed } => texts["next.ended"],
            { CancelAt: { } at } => texts["next.cancel", texts.Day(at, zone)],
            { PauseScheduled: { } pause } => texts["next.pause", texts.Day(pause.At, zone)],
            { Status: SubscriptionStatus.Paused, PausedUntil: { } until } => texts["next.resume", texts.Day(until, zone)],
            { Status: SubscriptionStatus.Paused } => texts["next.paused"],
            { Status: SubscriptionStatus.PastDue, Retry.NextAt: { } at } => texts["next.retry", texts.Day(at, zone)],
            { Status: SubscriptionStatus.PastDue } => texts["next.past-due"],
            { Status: SubscriptionStatus.Pending } => texts["next.pending"],
            { NextBillingAt: { } at } => texts["next.charge", texts.Day(at, zone)],
            _ => texts["next.nothing"],
        };
    }

    public static string Detail(SubscriptionView view, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(texts);
        var s = view.Subscription;
        return s switch
        {
            { Status: SubscriptionStatus.Canceled, Cancellation: { } why } => texts[
                "next.ended.by", s.CanceledAt is { } at ? texts.Day(at, view.Zone) : "",
                texts[$"origin.{why.Origin.ToString().ToLowerInvariant()}"]],
            { Status: SubscriptionStatus.PastDue, Retry: { LastCode: { } code } retry } => texts["next.retry.detail", retry.Attempt, code],
            { Status: SubscriptionStatus.Trialing, TrialEnd: { } end } => texts["next.trial", texts.Day(end, view.Zone)],
            { CancelAt: not null } or { Status: SubscriptionStatus.Expired or SubscriptionStatus.Completed } => "",
            _ when view.Upcoming is { } upcoming => texts["next.amount", texts.Money(upcoming.Total, upcoming.Currency)],
            _ => "",
        };
    }
}
