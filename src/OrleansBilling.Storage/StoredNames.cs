using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Storage;

/// <summary>How enums are stored: as the words of the API where people read them, as numbers in counters.</summary>
internal static class StoredNames
{
    /// <summary>Stored for a counter without a slice.</summary>
    public const int NoSlice = -1;

    private static readonly (KeyScopes Scope, string Name)[] ScopeNames =
    [
        (KeyScopes.Read, "read"), (KeyScopes.Commands, "commands"), (KeyScopes.Statistics, "statistics"),
        (KeyScopes.SignIn, "sign_in"),
    ];

    public static string Of(SubscriptionStatus status) => Refusal.StatusName(status);

    public static string Of(InvoiceStatus status) => status switch
    {
        InvoiceStatus.Open => "open",
        InvoiceStatus.Paid => "paid",
        InvoiceStatus.Void => "void",
        InvoiceStatus.Uncollectible => "uncollectible",
        InvoiceStatus.Disputed => "disputed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static string Of(BalanceEntryKind kind) => kind switch
    {
        BalanceEntryKind.Paid => "paid",
        BalanceEntryKind.Refunded => "refunded",
        BalanceEntryKind.Credited => "credited",
        BalanceEntryKind.ChargedBack => "charged_back",
        BalanceEntryKind.ChargebackWon => "chargeback_won",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static BalanceEntryKind EntryKindOf(string name) => name switch
    {
        "paid" => BalanceEntryKind.Paid,
        "refunded" => BalanceEntryKind.Refunded,
        "credited" => BalanceEntryKind.Credited,
        "charged_back" => BalanceEntryKind.ChargedBack,
        "chargeback_won" => BalanceEntryKind.ChargebackWon,
        _ => throw new InvalidDataException($"'{name}' is stored as the kind of an entry but is not one."),
    };

    public static string Of(DisputeStatus status) => status switch
    {
        DisputeStatus.Open => "open",
        DisputeStatus.Won => "won",
        DisputeStatus.Lost => "lost",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static DisputeStatus DisputeStatusOf(string name) => name switch
    {
        "open" => DisputeStatus.Open,
        "won" => DisputeStatus.Won,
        "lost" => DisputeStatus.Lost,
        _ => throw new InvalidDataException($"'{name}' is stored as how a dispute stands but is not one."),
    };

    public static string Of(Role role) => role switch
    {
        Role.System => "system",
        Role.Administrator => "admin",
        Role.Seller => "seller",
        Role.Customer => "customer",
        Role.Partner => "partner",
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
        "partner" => Role.Partner,
        _ => throw new InvalidDataException($"'{name}' is stored as a role but is not one."),
    };

    public static string? Of(KeyScopes? scopes)
    {
        if (scopes is not { } limited) return null;
        var names = ScopeNames.Where(scope => limited.HasFlag(scope.Scope)).Select(scope => scope.Name);
        return string.Join(',', names);
    }

    /// <summary>A scope that only a newer program knows grants nothing here.</summary>
    public static KeyScopes? ScopesOf(string? names)
    {
        if (names is null) return null;
        var scopes = KeyScopes.None;
        foreach (var (scope, name) in ScopeNames)
        {
            if (names.Split(',').Contains(name)) scopes |= scope;
        }

        return scopes;
    }

    public static string? Of(KeyKind kind) => kind switch
    {
        KeyKind.Key => null,
        KeyKind.Link => "link",
        KeyKind.UsedLink => "used_link",
        KeyKind.Session => "session",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static KeyKind KeyKindOf(string? name) => name switch
    {
        null => KeyKind.Key,
        "link" => KeyKind.Link,
        "used_link" => KeyKind.UsedLink,
        "session" => KeyKind.Session,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    public static string Of(AnswerSecrecy secrecy) => secrecy switch
    {
        AnswerSecrecy.None => "none",
        AnswerSecrecy.Encrypted => "encrypted",
        AnswerSecrecy.NotKept => "not_kept",
        _ => throw new ArgumentOutOfRangeException(nameof(secrecy), secrecy, null),
    };

    public static AnswerSecrecy SecrecyOf(string name) => name switch
    {
        "none" => AnswerSecrecy.None,
        "encrypted" => AnswerSecrecy.Encrypted,
        "not_kept" => AnswerSecrecy.NotKept,
        _ => throw new InvalidDataException($"'{name}' is stored as the secrecy of an answer but is not one."),
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
