using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.WhatIf;

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

    /// <summary>The table of what is counted.</summary>
    public static string Of(CatalogKind kind) => kind switch
    {
        CatalogKind.Product => "product",
        CatalogKind.Plan => "plan",
        CatalogKind.Offer => "offer",
        CatalogKind.OfferVersion => "offer_version",
        CatalogKind.Coupon => "coupon",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static Role RoleOf(string name) => name switch
    {
        "system" => Role.System,
        "admin" => Role.Administrator,
        "seller" => Role.Seller,
        "customer" => Role.Customer,
        _ => throw new InvalidDataException($"'{name}' is stored as a role, but is none."),
    };

    public static string Of(SimulationStatus status) => status switch
    {
        SimulationStatus.Queued => "queued",
        SimulationStatus.Running => "running",
        SimulationStatus.Done => "done",
        SimulationStatus.Failed => "failed",
        SimulationStatus.Canceled => "canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static SimulationStatus SimulationStatusOf(string name) => name switch
    {
        "queued" => SimulationStatus.Queued,
        "running" => SimulationStatus.Running,
        "done" => SimulationStatus.Done,
        "failed" => SimulationStatus.Failed,
        "canceled" or "cancelled" => SimulationStatus.Canceled, // The second spelling is that of earlier versions.
        _ => throw new InvalidDataException($"'{name}' is stored as the status of a simulation, but is none."),
    };

    /// <summary>The number of the name under which is counted what got none of its own.</summary>
    public const int OtherName = 0;

    /// <summary>The most names by which something is counted.</summary>
    public const int StatisticNamesMax = 1_000_000;

    /// <summary>The slice of a counter, or null.</summary>
    public static int? SliceOf(int stored) => stored == NoSlice ? null : stored;
}
