using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// The idempotency keys that a subscription remembers; they commit atomically with their effects. The newest keys are
/// in the snapshot. When <see cref="PageEntries"/> have gathered, they leave it: the same commit writes them as one
/// page beside the snapshot, which keeps only a line about that page. So a commit rewrites a few keys, however many are
/// remembered. Each role has its own share, so no role can use up another's. Immutable.
/// </summary>
public readonly struct CommandMemory(ImmutableArray<CommandMemory.Entry> entries, ImmutableArray<CommandMemory.Page> pages = default)
{
    /// <summary>The minimum time that a key is remembered.</summary>
    public static readonly Duration Lifetime = Duration.FromHours(24);

    /// <summary>When the snapshot holds this many keys, they become a page.</summary>
    public const int PageEntries = 32;

    /// <summary>The limit for keys of the subscription's customer. Further keyed commands are refused until a key is a day old.</summary>
    public const int CustomerMax = 100;

    /// <summary>The limit for keys of the seller, and separately for keys of administrators.</summary>
    public const int SellerMax = 1_000;

    public static CommandMemory Empty { get; } = new([]);

    /// <summary>The keys in the snapshot, oldest first.</summary>
    public ImmutableArray<Entry> Entries => entries.IsDefault ? [] : entries;

    /// <summary>The pages beside the snapshot, oldest first; all of them are older than <see cref="Entries"/>.</summary>
    public ImmutableArray<Page> Pages => pages.IsDefault ? [] : pages;

    /// <summary>Whether no key is remembered, in the snapshot or beside it.</summary>
    public bool IsEmpty => Entries.IsEmpty && Pages.IsEmpty;

    /// <summary>The limit of a role's share; null for no limit.</summary>
    public static int? MostOf(Role? role) => role switch
    {
        Role.Customer => CustomerMax,
        Role.Seller or Role.Administrator => SellerMax,
        _ => null,
    };

    /// <summary>
    /// The role that pays for a command's key: the caller's. Notifications from the provider and the runtime's own
    /// commands count against no share: there are as many as there are payments, and they must never be refused.
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

    /// <summary>The number of remembered keys of a role, in the snapshot and in pages.</summary>
    public int Count(Role role)
    {
        var count = Page.CountOf(Entries, role);
        foreach (var page in Pages) count += page.Count(role);
        return count;
    }

    /// <summary>Drops keys older than <see cref="Lifetime"/>; a page is dropped as a whole.</summary>
    public CommandMemory Prune(Instant now)
    {
        var expired = 0;
        while (expired < Entries.Length && Entries[expired].At + Lifetime < now) expired++;
        var expiredPages = 0;
        while (expiredPages < Pages.Length && Pages[expiredPages].At + Lifetime < now) expiredPages++;
        return expired + expiredPages == 0 ? this : new CommandMemory(Entries.RemoveRange(0, expired), Pages.RemoveRange(0, expiredPages));
    }

    public CommandMemory Add(Entry entry) => new(Entries.Add(entry), Pages);

    /// <summary>
    /// Moves the snapshot's keys to a page once there are enough; <paramref name="left"/> is
    /// then the keys that left, else empty.
    /// </summary>
    public CommandMemory TurnPage(out ImmutableArray<Entry> left)
    {
        left = Entries.Length < PageEntries ? [] : Entries;
        return left.IsEmpty ? this : new CommandMemory([], Pages.Add(Page.Of(left)));
    }

    /// <summary>A keyed command that had an effect.</summary>
    /// <param name="Key">The hashed key.</param>
    /// <param name="Fingerprint">The hashed request.</param>
    /// <param name="Version">The version that it produced.</param>
    /// <param name="At">When the command ran.</param>
    /// <param name="Role">The role whose share the key counts against; null for none, and for keys older than shares.</param>
    public sealed record Entry(ulong Key, ulong Fingerprint, long Version, Instant At, Role? Role = null);

    /// <summary>What a snapshot records about a page of keys beside it.</summary>
    /// <param name="Version">The version that the newest key produced; identifies the page.</param>
    /// <param name="At">When the newest key arrived.</param>
    /// <param name="Customer">Keys of the customer.</param>
    /// <param name="Seller">Keys of the seller.</param>
    /// <param name="Administrator">Keys of administrators.</param>
    public sealed record Page(long Version, Instant At, int Customer, int Seller, int Administrator)
    {
        /// <summary>The number of the page's keys that belong to a role.</summary>
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
