using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>How often a reason was counted.</summary>
/// <param name="Reason">A reason or decline code in lower case; <c>none</c> if there was none, <c>other</c> for any other text.</param>
internal sealed record ReasonCountDocument(string Reason, Int128 Count)
{
    public static ImmutableArray<ReasonCountDocument> Of(ImmutableArray<ReasonCount> counts) =>
        [.. counts.Select(count => new ReasonCountDocument(count.Reason, count.Count))];
}

/// <summary>One month's reasons, most frequent first.</summary>
internal sealed record ReasonsDocument(
    string Month,
    [property: Description(
        "Subscribers who were canceled, by reason; the counts add up to canceled.")] ImmutableArray<ReasonCountDocument> Canceled,
    [property: Description("Subscriptions canceled during their trial, by reason.")] ImmutableArray<ReasonCountDocument> TrialsLost,
    [property: Description(
        "Subscriptions that ended without a first payment, by the last decline code, or without one by the reason for " +
        "ending.")] ImmutableArray<ReasonCountDocument> NeverPaid,
    [property: Description("Declined payment attempts, by code.")] ImmutableArray<ReasonCountDocument> Declines)
{
    public static ReasonsDocument Of(MonthReasons month) => new(
        month.Month.Month,
        ReasonCountDocument.Of(month.Canceled),
        ReasonCountDocument.Of(month.TrialsLost),
        ReasonCountDocument.Of(month.NeverPaid),
        ReasonCountDocument.Of(month.Declines));
}

/// <summary>Reasons by month, oldest first.</summary>
internal sealed record ReasonsList(ImmutableArray<ReasonsDocument> Data);

/// <summary>What one affiliate or co-producer brought in during the range, in one currency.</summary>
internal sealed record AffiliateDocument(
    [property: Description("The affiliate or co-producer.")] string PartyId,
    string Currency,
    [property: Description("First activations whose first period to be paid began in the range.")] Int128 Activations,
    [property: Description("Renewals that fell due in the range and were paid.")] Int128 Renewals,
    [property: Description("Monthly recurring revenue of first activations in the range, in minor units, net of discounts.")] Int128 NewMrr,
    [property: Description("The party's shares of the money collected in the range, in minor units.")] Int128 Earned,
    [property: Description("The party's shares of the money returned in the range, in minor units.")] Int128 Refunded,
    [property: JsonPropertyName("lost_within_90_days")]
    [property: Description("How many of the activations left within 90 days and did not return within them.")] Int128 LostWithin90Days)
{
    public static AffiliateDocument Of(AffiliateFigures figures) => new(
        figures.PartyId, figures.Currency, figures.Activations, figures.Renewals, figures.NewRevenue, figures.Earned, figures.Refunded,
        figures.Lost);
}

/// <summary>Affiliates and co-producers, by id and currency.</summary>
internal sealed record AffiliatesList(ImmutableArray<AffiliateDocument> Data);
