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

    /// <summary>The current name of an event, command or message type.</summary>
    public static string Renew(string name) => Today.GetValueOrDefault(name, name);

    /// <summary>Whether an event, command or message type has a different name today.</summary>
    public static bool IsOld(string name) => Today.ContainsKey(name);

    /// <summary>Makes members of subscriptions and their events readable under their old names, too.</summary>
    public static void Read(JsonTypeInfo type)
    {
        foreach (var (owner, old, today) in Members)
        {
            if (type.Type == owner) Read(type, old, today);
        }
    }

    /// <summary>Makes a member readable under an old name, too.</summary>
    public static void Read(JsonTypeInfo type, string old, string today)
    {
        var member = type.Properties.Single(property => property.Name == today);
        var alias = type.CreateJsonPropertyInfo(member.PropertyType, old);
        alias.Set = member.Set;
        type.Properties.Add(alias);
    }
}
