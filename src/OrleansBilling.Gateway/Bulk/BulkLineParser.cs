using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Routes;

namespace OrleansBilling.Gateway.Bulk;

/// <summary>A parsed line.</summary>
/// <param name="SubscriptionId">The subscription; null for a new one whose id the gateway chooses.</param>
/// <param name="Key">The caller's idempotency key, or null.</param>
/// <param name="Asked">The requested command; null if the line is invalid.</param>
internal readonly record struct BulkRequest(string? SubscriptionId, string? Key, CommandRequest? Asked);

/// <summary>Parses lines into requests: first the type, then its fields, as strictly as on the command's own route.</summary>
internal static class BulkLineParser
{
    private static readonly string TypesExpected = $"one of {string.Join(", ", EnumNames<BulkType>.Names)}";

    public static ApiError? Parse(ReadOnlySpan<byte> line, out BulkRequest request)
    {
        request = default;
        if (ReadType(line, out var type) is { } error) return error;
        var json = GatewayJson.Default;
        return type switch
        {
            BulkType.Subscribe => ParseSubscribe(line, ref request),
            BulkType.Cancel => Parse(line, json.CancelLine, CommandRequest.Read, ref request),
            BulkType.Reactivate => Parse(line, json.ReactivateLine, CommandRequest.Read, ref request),
            BulkType.ExtendTrial => Parse(line, json.ExtendTrialLine, CommandRequest.Read, ref request),
            BulkType.PaymentMethod => Parse(line, json.PaymentMethodLine, CommandRequest.Read, ref request),
            BulkType.ChangePlan => Parse(line, json.ChangePlanLine, CommandRequest.Read, ref request),
            BulkType.Pause => Parse(line, json.PauseLine, CommandRequest.Read, ref request),
            BulkType.BillingDate => Parse(line, json.BillingDateLine, CommandRequest.Read, ref request),
            BulkType.Metadata => ParseMetadata(line, ref request),
            BulkType.ApplyCoupon => Parse(line, json.ApplyCouponLine, CommandRequest.Read, ref request),
            BulkType.Give => Parse(line, json.GiveLine, CommandRequest.Read, ref request),
            BulkType.Usage => Parse(line, json.UsageLine, CommandRequest.Read, ref request),
            BulkType.Uncancel or BulkType.Retry or BulkType.EndTrial or BulkType.UndoPlanChange or BulkType.Resume =>
                Parse(line, json.PlainLine, ReadPlain, ref request),
            _ => throw new InvalidOperationException($"{type} is not known."),
        };
    }

    private static ApiError? Parse<TLine>(
        ReadOnlySpan<byte> bytes, JsonTypeInfo<TLine> type, CommandReading<TLine> read, ref BulkRequest request)
        where TLine : class, IBulkLine
    {
        if (!JsonBody.TryParse(bytes, type, out var line, out var malformed)) return malformed;
        var check = new Check();
        CheckCommand(ref check, line!);
        request = new BulkRequest(line!.SubscriptionId, line.IdempotencyKey, read(ref check, line));
        return check.Error;
    }

    /// <summary>A merge patch: what it leaves out differs from what it sets to null, which only its bytes tell.</summary>
    private static ApiError? ParseMetadata(ReadOnlySpan<byte> bytes, ref BulkRequest request)
    {
        if (!JsonBody.TryParse(bytes, GatewayJson.Default.MetadataLine, out var line, out var malformed)) return malformed;
        var check = new Check();
        CheckCommand(ref check, line!);
        request = new BulkRequest(line!.SubscriptionId, line.IdempotencyKey, CommandRequest.Read(ref check, line, bytes));
        return check.Error;
    }

    private static ApiError? ParseSubscribe(ReadOnlySpan<byte> bytes, ref BulkRequest request)
    {
        if (!JsonBody.TryParse(bytes, GatewayJson.Default.SubscribeLine, out var line, out var malformed)) return malformed;
        request = new BulkRequest(line!.SubscriptionId, line.IdempotencyKey, new CommandRequest.Subscribe(line));
        var check = new Check();
        CheckLine(ref check, line);
        SubscribeRequest.Check(ref check, line);
        return check.Error;
    }

    private static void CheckCommand(ref Check check, IBulkLine line)
    {
        check.Present(line.SubscriptionId is not null, "subscription_id");
        CheckLine(ref check, line);
    }

    private static void CheckLine(ref Check check, IBulkLine line)
    {
        check.Id(line.SubscriptionId, "subscription_id");
        if (IdempotencyHeader.Check(line.IdempotencyKey, "idempotency_key") is { } invalid) check.Fail(invalid);
    }

    private static CommandRequest ReadPlain(ref Check check, PlainLine line) => line.Type switch
    {
        BulkType.Uncancel => CommandRequest.Uncancel,
        BulkType.Retry => CommandRequest.Retry,
        BulkType.EndTrial => CommandRequest.EndTrial,
        BulkType.UndoPlanChange => CommandRequest.UndoPlanChange,
        BulkType.Resume => CommandRequest.Resume,
        _ => throw new InvalidOperationException($"{line.Type} has fields of its own."),
    };

    /// <summary>The subscription that a faulty line names, so that its answer names it too; null if it names none.</summary>
    public static string? FindSubscriptionId(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals("subscription_id"u8);
                reader.Read();
                if (found) return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Malformed JSON, or a string that is not valid Unicode, comes before it.
        }

        return null;
    }

    /// <summary>Finds the type without parsing the rest. It usually comes first.</summary>
    private static ApiError? ReadType(ReadOnlySpan<byte> line, out BulkType type)
    {
        type = default;
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return new ApiError(400, "wrong_type", "A line must be a JSON object.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals("type"u8);
                reader.Read();
                if (!found)
                {
                    reader.Skip();
                    continue;
                }

                if (reader.TokenType != JsonTokenType.String) return ApiErrors.WrongType("type", $"a string, {TypesExpected}");
                return EnumNames<BulkType>.TryRead(ref reader, out type)
                    ? null
                    : new ApiError(422, "invalid_value", $"type must be {TypesExpected}.", "type");
            }

            return ApiErrors.Required("type");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Malformed JSON, or a string that is not valid Unicode.
            return JsonFault.Explain(line, GatewayJson.Default.PlainLine);
        }
    }
}
