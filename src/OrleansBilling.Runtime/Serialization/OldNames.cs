using System.Collections.Frozen;
using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>Names that earlier versions stored or sent. They are read forever and never written.</summary>
internal static class OldNames
{
    private static readonly FrozenDictionary<string, string> Today = new Dictionary<string, string>
    {
        ["slip_issued"] = "voucher_issued",
        ["slip_reminded"] = "voucher_reminded",
        ["slip_withdrawn"] = "voucher_withdrawn",
        ["slip_reminder"] = "voucher_reminder",
        ["request_slip"] = "request_voucher",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (Type Owner, string Old, string New)[] Members =
    [
        (typeof(PaymentInFlight), "slip", "voucher"),
        (typeof(SubscriptionEvent.VoucherIssued), "slip", "voucher"),
        (typeof(OpenInvoice), "slip_unpaid", "voucher_unpaid"),
    ];

    /// <summary>Today's name of a type of event, command or message.</summary>
    public static string Renew(string name) => Today.GetValueOrDefault(name, name);

    /// <summary>Whether a type of event, command or message has another name today.</summary>
    public static bool IsOld(string name) => Today.ContainsKey(name);

    /// <summary>Has members of subscriptions and their events read under their old names as well.</summary>
    public static void Read(JsonTypeInfo type)
    {
        foreach (var (owner, old, today) in Members)
        {
            if (type.Type == owner) Read(type, old, today);
        }
    }

    /// <summary>Has a member read under an old name as well.</summary>
    public static void Read(JsonTypeInfo type, string old, string today)
    {
        var member = type.Properties.Single(property => property.Name == today);
        var alias = type.CreateJsonPropertyInfo(member.PropertyType, old);
        alias.Set = member.Set;
        type.Properties.Add(alias);
    }
}
