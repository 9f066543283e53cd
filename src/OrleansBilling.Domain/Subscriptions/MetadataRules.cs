using System.Collections.Immutable;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Changes the caller's own key-value pairs. They are only labels, so they may change in every status, also after the end.
/// </summary>
internal static class MetadataRules
{
    private static readonly ImmutableSortedDictionary<string, string> None =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static Refusal? Change(Draft draft, SubscriptionCommand.ChangeMetadata command)
    {
        if (draft.Caller.Role == Role.Customer) return Refusal.NotForCustomers;
        var before = draft.State.Metadata ?? None;
        var after = Merge(command.RemovesOthers ? None : before, command.Changes);
        if (after.Count > Subscription.MetadataPairsMax) return Refusal.TooMuchMetadata;
        if (IsSame(before, after)) return null;
        draft.Add(new SubscriptionEvent.MetadataChanged { At = draft.Now, Metadata = after.IsEmpty ? null : after });
        return null;
    }

    private static ImmutableSortedDictionary<string, string> Merge(
        ImmutableSortedDictionary<string, string> present, ImmutableSortedDictionary<string, string?> changes)
    {
        // A state that was read from disk does not know the comparer that it was made with.
        var merged = present.WithComparers(StringComparer.Ordinal).ToBuilder();
        foreach (var (name, value) in changes)
        {
            if (value is null) merged.Remove(name);
            else merged[name] = value;
        }

        return merged.ToImmutable();
    }

    private static bool IsSame(ImmutableSortedDictionary<string, string> one, ImmutableSortedDictionary<string, string> other)
    {
        if (one.Count != other.Count) return false;
        foreach (var (name, value) in one)
        {
            if (!other.TryGetValue(name, out var found) || found != value) return false;
        }

        return true;
    }
}
