using System.Text.Json.Serialization;
using OrleansBilling.PaymentSimulator.Book;

namespace OrleansBilling.PaymentSimulator.Http;

/// <summary>All JSON that is sent or received. Unknown fields are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ChargeBody))]
[JsonSerializable(typeof(RefundBody))]
[JsonSerializable(typeof(PaymentAnswer))]
[JsonSerializable(typeof(BookedCharge))]
[JsonSerializable(typeof(BookPage<BookedCharge>))]
[JsonSerializable(typeof(BookPage<BookedRefund>))]
[JsonSerializable(typeof(BookSummary))]
internal sealed partial class SimulatorJson : JsonSerializerContext;
