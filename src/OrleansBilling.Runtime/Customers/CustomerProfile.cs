using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Runtime.Customers;

/// <summary>
/// What is known about a customer of the marketplace. It is the only place of names, addresses and tax numbers: subscriptions and their
/// events bear the id, and what they show of a person is read from here. What people write (comments, reasons) stands in the events.
/// </summary>
/// <param name="Id">The marketplace's id of the customer.</param>
/// <param name="CreatedAt">When it was made, or first named by a subscription.</param>
public sealed record CustomerProfile(string Id, Instant CreatedAt)
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code. New subscriptions take it over for taxes; those that run keep theirs.</summary>
    public string? Country { get; init; }

    /// <summary>BCP 47 language tag.</summary>
    public string? Locale { get; init; }

    public string? TaxId { get; init; }

    /// <summary>Whether the customer takes mails that are not required by law.</summary>
    public bool TakesMails { get; init; } = true;

    /// <summary>Key-value pairs of the marketplace.</summary>
    public ImmutableSortedDictionary<string, string>? Metadata { get; init; }

    /// <summary>Counts edits, from 1.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>
    /// The mail address to show with a subscription. Subscriptions of older releases may still hold one that was never moved here.
    /// </summary>
    /// <param name="profile">The customer; null if no row is known.</param>
    /// <param name="stored">What the subscription itself holds.</param>
    public static string? EmailOf(CustomerProfile? profile, string? stored) =>
        profile is null || (profile.Email is null && profile.Revision == 1) ? stored : profile.Email;
}
