using System.Text;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Offers an alternative to a customer who wants to cancel. The assignment is drawn at random, seeded with the policy's seed
/// and the subscription's id. Each customer therefore always gets the same assignment, and the effects of the variants can
/// be compared.
/// </summary>
internal static class RetentionRules
{
    public static Refusal? Ask(Draft draft, SubscriptionCommand.AskRetention command)
    {
        var state = draft.State;
        if (state.HasEnded) return Refusal.Ended(state.Status);
        if (draft.Terms.Product.Retention is not { } policy) return Refusal.NoRetentionOffers;

        // The same reason gets the same answer. If nothing matched the last time, something may match now.
        var same = state.Retention is { } assigned && assigned.Reason == command.Reason ? assigned.Number : (int?)null;
        if (same is not (null or RetentionAssignment.NothingFits)) return null;
        var number = Choose(draft, policy, command);
        if (number == same) return null;
        var offer = number > 0 ? policy.Offers[number - 1].Id : null;
        draft.Add(
            new SubscriptionEvent.RetentionAssigned
            {
                At = draft.Now, Assignment = new RetentionAssignment(number, offer, command.Reason),
            });
        return null;
    }

    public static Refusal? Accept(Draft draft, SubscriptionCommand.AcceptRetention command)
    {
        if (DueSteps.CatchUp(draft) is { } late) return late;
        var state = draft.State;
        if (state.HasEnded) return Refusal.Ended(state.Status);
        if (state.Retention is not { OfferId: { } id } assigned) return Refusal.NoRetentionOffer;
        if (draft.Terms.Product.Retention is not { } policy || IsQuiet(draft, policy)) return Refusal.NoRetentionOffer;
        if (policy.Offers.FirstOrDefault(candidate => candidate.Id == id) is not { } offer) return Refusal.NoRetentionOffer;
        if (state.CancellationScheduled is not null) draft.Add(new SubscriptionEvent.CancellationUndone { At = draft.Now });
        if (Grant(draft, offer, command) is { } refusal) return refusal;
        draft.Add(new SubscriptionEvent.RetentionAccepted { At = draft.Now, Assignment = assigned });
        return null;
    }

    private static Refusal? Grant(Draft draft, RetentionOffer offer, SubscriptionCommand.AcceptRetention command)
    {
        if (offer.Discount is { } reduction)
        {
            if (draft.State.Discounts.Length >= DiscountRules.DiscountsMax) return Refusal.TooManyDiscounts;
            DiscountRules.Grant(draft, DiscountSource.Retention, offer.Id, reduction, offer.DiscountRecurrences);
            return null;
        }

        if (offer.PauseDays is { } days)
            return PauseRules.Pause(
                draft, new SubscriptionCommand.Pause(EffectiveAt.Now, BillingCalendar.PlusDays(draft.Now, days, draft.Terms.Zone)));
        return command.Terms is not { } terms || terms.Offer.Id != offer.OfferId
            ? Refusal.OfferNotFound
            : PlanChangeRules.Change(draft, new SubscriptionCommand.ChangePlan(EffectiveAt.PeriodEnd, terms, null, null));
    }

    private static int Choose(Draft draft, RetentionPolicy policy, SubscriptionCommand.AskRetention command)
    {
        if (IsQuiet(draft, policy)) return RetentionAssignment.NothingFits;
        var matching = new List<int>(policy.Offers.Length);
        for (var n = 0; n < policy.Offers.Length; n++)
        {
            if (Matches(draft, policy.Offers[n], command.Reason) && !command.Unavailable.Contains(n + 1)) matching.Add(n + 1);
        }

        // A customer whom no variant matches says nothing about the offers, so it is not part of the control group.
        if (matching.Count == 0) return RetentionAssignment.NothingFits;
        var dice = Dice(policy.Seed, draft.State.Id);
        var percent = (int)(dice % 100);
        if (percent < policy.ControlPercent) return 0;
        if (percent < policy.ControlPercent + policy.ExplorePercent) return matching[(int)(dice / 100 % (ulong)matching.Count)];
        return command.Preferred is { } preferred && matching.Contains(preferred) ? preferred : matching[0];
    }

    /// <summary>A customer who accepted an offer recently gets no other, so that a cheaper plan and a discount do not add up.</summary>
    private static bool IsQuiet(Draft draft, RetentionPolicy policy) =>
        draft.State.RetentionAcceptedAt is { } at && draft.Now < BillingCalendar.PlusDays(at, policy.QuietDays, draft.Terms.Zone);

    private static bool Matches(Draft draft, RetentionOffer offer, string? reason)
    {
        var state = draft.State;
        if (state.PaidRecurrences < offer.PaidRecurrencesMin || state.RetentionAccepted.Contains(offer.Id)) return false;
        if (!offer.Reasons.IsEmpty && (reason is null || !offer.Reasons.Contains(reason))) return false;
        if (offer.OfferId is { } cheaper)
            return cheaper != state.OfferId && (state.IsCurrent || state.Status == SubscriptionStatus.Trialing);

        // A customer who still has a retention discount does not get a second one.
        if (offer.Discount is not null) return !state.Discounts.Any(discount => discount.Source == DiscountSource.Retention);
        return state is { Status: SubscriptionStatus.Active, Charge: null };
    }

    /// <summary>FNV-1a of the id, mixed with the seed by the SplitMix64 finalizer. The result is the same on every machine.</summary>
    private static ulong Dice(long seed, string id)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(id)) hash = unchecked((hash ^ octet) * 1_099_511_628_211UL);
        hash = unchecked(hash + ((ulong)seed * 0x9E37_79B9_7F4A_7C15UL));
        hash = unchecked((hash ^ (hash >> 30)) * 0xBF58_476D_1CE4_E5B9UL);
        hash = unchecked((hash ^ (hash >> 27)) * 0x94D0_49BB_1331_11EBUL);
        return hash ^ (hash >> 31);
    }
}
