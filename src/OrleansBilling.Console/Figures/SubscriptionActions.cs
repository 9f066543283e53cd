using OrleansBilling.Client;
using OrleansBilling.Console.Words;

namespace OrleansBilling.Console.Figures;

/// <summary>What can be done to a subscription as it is, what each of it will do, and how it is sent.</summary>
public static class SubscriptionActions
{
    public static readonly IReadOnlyList<string> Reasons =
        ["too_expensive", "no_time", "missing_feature", "other_product", "finished", "other"];

    public static IReadOnlyList<string> Of(Subscription s)
    {
        ArgumentNullException.ThrowIfNull(s);
        var lives = s.Status is SubscriptionStatus.Pending or SubscriptionStatus.Trialing or SubscriptionStatus.Active or
            SubscriptionStatus.PastDue or SubscriptionStatus.Paused;
        if (!lives) return [];
        List<string> actions = [];
        if (s.Status == SubscriptionStatus.PastDue) actions.Add("retry");
        if (s.Status == SubscriptionStatus.Paused || s.PauseScheduled is not null) actions.Add("resume");
        if (s.CancelAt is not null)
        {
            actions.Add("uncancel");
            actions.Add("cancel-now");
            return actions;
        }

        if (s.Status == SubscriptionStatus.Active && s.PauseScheduled is null)
        {
            actions.Add("pause-later");
            actions.Add("pause-now");
        }

        if (s.Status is SubscriptionStatus.Active or SubscriptionStatus.Trialing) actions.Add("cancel-later");
        actions.Add("cancel-now");
        return actions;
    }

    /// <summary>In words, with the dates and sums of this subscription.</summary>
    public static string WhatHappens(string action, SubscriptionView view, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(texts);
        var s = view.Subscription;
        var end = (s.CurrentPeriod?.End ?? s.TrialEnd) is { } at ? texts.Day(at, view.Zone) : Wording.None;

        // What is leaving has no next invoice, but gets one if it is kept.
        var next = texts.Money(s.CancelAt is null && view.Upcoming is { } upcoming ? upcoming.Total : s.Amount, s.Currency);
        var owed = view.Invoices.Where(static invoice => invoice.Overdue)
            .Aggregate(0L, static (sum, invoice) => sum + invoice.Total - invoice.Paid);
        return texts[$"action.{action}.text", end, next, texts.Money(owed, s.Currency)];
    }

    public static Task<Subscription> SendAsync(
        SubscriptionsClient client, string id, string action, string? reason, CallOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        return action switch
        {
            "cancel-now" => client.CancelAsync(id, Cancel(EffectiveAt.Now), options, cancellationToken),
            "cancel-later" => client.CancelAsync(id, Cancel(EffectiveAt.PeriodEnd), options, cancellationToken),
            "uncancel" => client.UncancelAsync(id, options, cancellationToken),
            "pause-now" => client.PauseAsync(id, new PauseBody { At = EffectiveAt.Now }, options, cancellationToken),
            "pause-later" => client.PauseAsync(id, new PauseBody { At = EffectiveAt.PeriodEnd }, options, cancellationToken),
            "resume" => client.ResumeAsync(id, options, cancellationToken),
            "retry" => client.RetryAsync(id, options, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
        };

        CancelBody Cancel(EffectiveAt at) => new() { At = at, Reason = string.IsNullOrEmpty(reason) ? null : reason };
    }
}
