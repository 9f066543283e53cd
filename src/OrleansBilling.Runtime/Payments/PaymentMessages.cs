using System.Text.Json.Serialization;

namespace OrleansBilling.Runtime.Payments;

/// <summary>What <see cref="HttpPaymentProvider"/> sends for a charge.</summary>
internal sealed record ChargeMessage(string Key, string Token, long Amount, string Currency, int Attempt);

/// <summary>What <see cref="HttpPaymentProvider"/> sends for a refund; the provider knows which token paid.</summary>
internal sealed record RefundMessage(string Key, string ChargeKey, long Amount, string Currency);

/// <summary>The provider's answer. Everything is optional: what must be there is judged, not assumed.</summary>
internal sealed record AnswerMessage(
    string? Key, string? Outcome, string? Code, bool? Hard, long? Amount, string? Currency, string? Reference);

/// <summary>The part of a problem+json answer that decides.</summary>
internal sealed record ProblemMessage(string? Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChargeMessage))]
[JsonSerializable(typeof(RefundMessage))]
[JsonSerializable(typeof(AnswerMessage))]
[JsonSerializable(typeof(ProblemMessage))]
internal sealed partial class PaymentMessagesJson : JsonSerializerContext;
