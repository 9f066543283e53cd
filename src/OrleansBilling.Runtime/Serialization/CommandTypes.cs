using System.Collections.Frozen;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>
/// The stable name of each command type. Names travel between processes of different versions: a renamed type keeps its
/// old name in <see cref="OldNames"/>, and names are never reused.
/// </summary>
internal static class CommandTypes
{
    private static readonly (Type Type, string Name)[] All =
    [
        (typeof(SubscriptionCommand.Subscribe), "subscribe"),
        (typeof(SubscriptionCommand.Wake), "wake"),
        (typeof(SubscriptionCommand.Cancel), "cancel"),
        (typeof(SubscriptionCommand.Uncancel), "uncancel"),
        (typeof(SubscriptionCommand.Reactivate), "reactivate"),
        (typeof(SubscriptionCommand.Retry), "retry"),
        (typeof(SubscriptionCommand.RetryInvoice), "retry_invoice"),
        (typeof(SubscriptionCommand.EndTrial), "end_trial"),
        (typeof(SubscriptionCommand.ExtendTrial), "extend_trial"),
        (typeof(SubscriptionCommand.ChangePaymentMethod), "change_payment_method"),
        (typeof(SubscriptionCommand.ChangeMetadata), "change_metadata"),
        (typeof(SubscriptionCommand.SendMessage), "send_message"),
        (typeof(SubscriptionCommand.ChangePlan), "change_plan"),
        (typeof(SubscriptionCommand.UndoPlanChange), "undo_plan_change"),
        (typeof(SubscriptionCommand.Pause), "pause"),
        (typeof(SubscriptionCommand.Resume), "resume"),
        (typeof(SubscriptionCommand.ChangeBillingDate), "change_billing_date"),
        (typeof(SubscriptionCommand.ApplyCoupon), "apply_coupon"),
        (typeof(SubscriptionCommand.GiveRecurrences), "give_recurrences"),
        (typeof(SubscriptionCommand.AskRetention), "ask_retention"),
        (typeof(SubscriptionCommand.AcceptRetention), "accept_retention"),
        (typeof(SubscriptionCommand.RecordUsage), "record_usage"),
        (typeof(SubscriptionCommand.RefundInvoice), "refund_invoice"),
        (typeof(SubscriptionCommand.RequestVoucher), "request_voucher"),
        (typeof(SubscriptionCommand.ConfirmPayment), "confirm_payment"),
        (typeof(SubscriptionCommand.RecordChargeback), "record_chargeback"),
        (typeof(SubscriptionCommand.RecordPayment), "record_payment"),
    ];

    private static readonly FrozenDictionary<Type, string> Names = All.ToFrozenDictionary(pair => pair.Type, pair => pair.Name);
    private static readonly FrozenDictionary<string, Type> Types = All.ToFrozenDictionary(
        pair => pair.Name, pair => pair.Type, StringComparer.Ordinal);

    public static string NameOf(Type type) => Names[type];

    /// <summary>The type, or null for a command that only a newer process knows.</summary>
    public static Type? Find(string name) => Types.GetValueOrDefault(OldNames.Renew(name));
}
