using System.Text.Json.Serialization;

namespace OrleansBilling.Runtime.Payments;

/// <summary>The body of a charge request.</summary>
internal sealed record ChargeMessage(string Key, string Token, long Amount, string Currency, int Attempt);

/// <summary>The body of a refund request. It carries no token: the provider knows which token paid.</summary>
internal sealed record RefundMessage(string Key, string ChargeKey, long Amount, string Currency);

/// <summary>The provider's answer. All fields are optional here, because the reader checks what must be present.</summary>
internal sealed record AnswerMessage(
    string? Key, string? Outcome, string? Code, bool? Hard, long? Amount, string? Currency, string? Reference);

/// <summary>The one field of a problem+json answer that matters.</summary>
internal sealed record ProblemMessage(string? Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChargeMessage))]
[JsonSerializable(typeof(RefundMessage))]
[JsonSerializable(typeof(AnswerMessage))]
[JsonSerializable(typeof(ProblemMessage))]
internal sealed partial class PaymentMessagesJson : JsonSerializerContext;
