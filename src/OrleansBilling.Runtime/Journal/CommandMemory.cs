using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// The idempotency keys that a subscription remembers, atomic with their effects. The newest stand in the snapshot; when
/// <see cref="PageEntries"/> have gathered they leave it as one page, written beside it by the same commit, and the
/// snapshot keeps a line about that page. So a commit rewrites a few keys, however many are remembered. Immutable.
/// Every role has a share of its own, so that nobody uses up another's.
/// </summary>
public readonly struct CommandMemory(ImmutableArray<CommandMemory.Entry> entries, ImmutableArray<CommandMemory.Page> pages = default)
{
    /// <summary>How long a key is remembered, at least.</summary>
    public static readonly Duration Lifetime = Duration.FromHours(24);

    /// <summary>So many keys in the snapshot make a page.</summary>
    public const int PageEntries = 32;

    /// <summary>The most keys of the subscription's customer; a further keyed command is refused until one is a day old.</summary>
    public const int CustomerMax = 100;

    /// <summary>The most keys of its seller, and as many again of administrators.</summary>
    public const int SellerMax = 1_000;

    /// <summary>Remembers nothing.</summary>
    public static CommandMemory Empty { get; } = new([]);

    /// <summary>What the snapshot holds, oldest first.</summary>
    public ImmutableArray<Entry> Entries => entries.IsDefault ? [] : entries;

    /// <summary>What stands beside it, oldest first; all of it is older than <see cref="Entries"/>.</summary>
    public ImmutableArray<Page> Pages => pages.IsDefault ? [] : pages;

    /// <summary>Whether nothing is remembered, in the snapshot or beside it.</summary>
    public bool IsEmpty => Entries.IsEmpty && Pages.IsEmpty;

    /// <summary>The most keys that a role has; null where it has no limit.</summary>
    public static int? MostOf(Role? role) => role switch
    {
        Role.Customer => CustomerMax,
        Role.Seller or Role.Administrator => SellerMax,
        _ => null,
    };

    /// <summary>
    /// Whose share a command takes a key of: the caller's. What the provider calls to say and what the runtime does by
    /// itself takes nobody's: it comes as often as there are payments, and must never be turned away.
    /// </summary>
    public static Role? ShareOf(CommandEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return envelope is { Caller.Role: Role.System } or
            { Command: SubscriptionCommand.ConfirmPayment or SubscriptionCommand.RecordChargeback or SubscriptionCommand.RecordPayment }
            ? null
            : envelope.Caller.Role;
    }

    /// <summary>The entry under a key in the snapshot, or null.</summary>
    public Entry? Find(ulong key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key) return entry;
        }

        return null;
    }

    /// <summary>How many keys of a role are remembered.</summary>
    public int Count(Role role)
    {
        var count = Page.CountOf(Entries, role);
        foreach (var page in Pages) count += page.Count(role);
        return count;
    }

    /// <summary>Without what is older than <see cref="Lifetime"/>; a page goes as a whole.</summary>
    public CommandMemory Prune(Instant now)
    {
        var expired = 0;
        while (expired < Entries.Length && Entries[expired].At + Lifetime < now) expired++;
        var expiredPages = 0;
        while (expiredPages < Pages.Length && Pages[expiredPages].At + Lifetime < now) expiredPages++;
        return expired + expiredPages == 0 ? this : new CommandMemory(Entries.RemoveRange(0, expired), Pages.RemoveRange(0, expiredPages));
    }

    /// <summary>With one more.</summary>
    public CommandMemory Add(Entry entry) => new(Entries.Add(entry), Pages);

    /// <summary>With what is in the snapshot beside it, once it is a page; then <paramref name="left"/> is what has left.</summary>
    public CommandMemory TurnPage(out ImmutableArray<Entry> left)
    {
        left = Entries.Length < PageEntries ? [] : Entries;
        return left.IsEmpty ? this : new CommandMemory([], Pages.Add(Page.Of(left)));
    }

    /// <summary>One keyed command that had an effect.</summary>
    /// <param name="Key">The hashed key.</param>
    /// <param name="Fingerprint">The hashed request.</param>
    /// <param name="Version">The version that it produced.</param>
    /// <param name="At">When.</param>
    /// <param name="Role">Whose share it takes; null for nobody's, also of keys from before there were shares.</param>
    public sealed record Entry(ulong Key, ulong Fingerprint, long Version, Instant At, Role? Role = null);

    /// <summary>What a snapshot knows of the keys beside it.</summary>
    /// <param name="Version">The version that the newest of them produced; names the page.</param>
    /// <param name="At">When the newest of them came.</param>
    /// <param name="Customer">How many of them are the customer's.</param>
    /// <param name="Seller">How many are the seller's.</param>
    /// <param name="Administrator">How many are administrators'.</param>
    public sealed record Page(long Version, Instant At, int Customer, int Seller, int Administrator)
    {
        /// <summary>How many of its keys are of a role.</summary>
        public int Count(Role role) => role switch
        {
            Role.Customer => Customer,
            Role.Seller => Seller,
            Role.Administrator => Administrator,
            _ => 0,
        };

        internal static Page Of(ImmutableArray<Entry> keys) => new(
            keys[^1].Version, keys[^1].At, CountOf(keys, Role.Customer), CountOf(keys, Role.Seller), CountOf(keys, Role.Administrator));

        internal static int CountOf(ImmutableArray<Entry> keys, Role role)
        {
            var count = 0;
            foreach (var key in keys)
            {
                if (key.Role == role) count++;
            }

            return count;
        }
    }
}
