using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// The idempotency keys that a subscription remembers, kept in its own snapshot and so atomic with their effects.
/// Immutable. Entries live for <see cref="Lifetime"/>, and there are never more than <see cref="EntriesMax"/>.
/// </summary>
public readonly struct CommandMemory(ImmutableArray<CommandMemory.Entry> entries)
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly Duration Lifetime = Duration.FromHours(24);

    /// <summary>The most keys remembered at a time; a further keyed command is refused until one is a day old.</summary>
    public const int EntriesMax = 1_000;

    /// <summary>Remembers nothing.</summary>
    public static CommandMemory Empty { get; } = new([]);

    /// <summary>What is remembered, oldest first.</summary>
    public ImmutableArray<Entry> Entries => entries.IsDefault ? [] : entries;

    /// <summary>Whether nothing is remembered.</summary>
    public bool IsEmpty => entries.IsDefaultOrEmpty;

    /// <summary>The entry under a key, or null.</summary>
    public Entry? Find(ulong key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key) return entry;
        }

        return null;
    }

    /// <summary>Without what is older than <see cref="Lifetime"/>.</summary>
    public CommandMemory Prune(Instant now)
    {
        var remembered = Entries;
        var expired = 0;
        while (expired < remembered.Length && remembered[expired].At + Lifetime < now) expired++;
        return expired == 0 ? this : new CommandMemory(remembered.RemoveRange(0, expired));
    }

    /// <summary>With one more.</summary>
    public CommandMemory Add(Entry entry) => new(Entries.Add(entry));

    /// <summary>One keyed command that had an effect.</summary>
    /// <param name="Key">The hashed key.</param>
    /// <param name="Fingerprint">The hashed request.</param>
    /// <param name="Version">The version that it produced.</param>
    /// <param name="At">When.</param>
    public sealed record Entry(ulong Key, ulong Fingerprint, long Version, Instant At);
}
