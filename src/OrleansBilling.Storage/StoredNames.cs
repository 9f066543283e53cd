using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Storage;

/// <summary>How enums are stored: as the words of the API where people read them, as numbers in counters.</summary>
internal static class StoredNames
{
    /// <summary>Stored for a counter without a slice.</summary>
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

    /// <summary>The name of the table that holds the entries.</summary>
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
        _ => throw new InvalidDataException($"'{name}' is stored as a role but is not one."),
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
        "canceled" or "cancelled" => SimulationStatus.Canceled, // Earlier releases stored the second spelling.
        _ => throw new InvalidDataException($"'{name}' is stored as a simulation status but is not one."),
    };

    /// <summary>The name number for everything beyond the limit on names.</summary>
    public const int OtherName = 0;

    /// <summary>The most names that counters are counted by.</summary>
    public const int StatisticNamesMax = 1_000_000;

    public static int? SliceOf(int stored) => stored == NoSlice ? null : stored;
}
