using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Storage;

/// <summary>How enumerations are stored: as the words of the API where people read them, as numbers in counters.</summary>
internal static class StoredNames
{
    /// <summary>Stored for a counter that has no slice.</summary>
    public const int NoSlice = -1;

    public static string Of(SubscriptionStatus status) => Refusal.StatusName(status);

    public static string Of(Role role) => role switch
    {
        Role.System => "system",
        Role.Administrator => "admin",
        Role.Seller => "seller",
        Role.Customer => "customer",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    public static Role RoleOf(string name) => name switch
    {
        "system" => Role.System,
        "admin" => Role.Administrator,
        "seller" => Role.Seller,
        "customer" => Role.Customer,
        _ => throw new InvalidDataException($"'{name}' is stored as a role, but is none."),
    };

    /// <summary>The number of the name under which is counted what got none of its own.</summary>
    public const int OtherName = 0;

    /// <summary>The most names by which something is counted.</summary>
    public const int StatisticNamesMax = 1_000_000;

    /// <summary>The slice of a counter, or null.</summary>
    public static int? SliceOf(int stored) => stored == NoSlice ? null : stored;
}
