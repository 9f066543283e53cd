using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Storage;

/// <summary>How enumerations are stored: as the words of the API where people read them, as numbers in counters.</summary>
internal static class StoredNames
{
    public const short NoOrigin = -1;

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

    public static short NumberOf(CancellationOrigin? origin) => origin switch
    {
        null => NoOrigin,
        CancellationOrigin.Customer => 0,
        CancellationOrigin.Administrator => 1,
        CancellationOrigin.Seller => 2,
        CancellationOrigin.System => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
    };

    public static CancellationOrigin? OriginOf(short number) => number switch
    {
        NoOrigin => null,
        0 => CancellationOrigin.Customer,
        1 => CancellationOrigin.Administrator,
        2 => CancellationOrigin.Seller,
        3 => CancellationOrigin.System,
        _ => throw new InvalidDataException($"{number} is stored as an origin, but is none."),
    };
}
