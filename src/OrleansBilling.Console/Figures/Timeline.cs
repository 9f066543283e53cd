using System.Text.Json;
using OrleansBilling.Client;
using OrleansBilling.Console.Words;

namespace OrleansBilling.Console.Figures;

/// <summary>Events in words.</summary>
public static class Timeline
{
    public static string WordsOf(Event happened, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(happened);
        ArgumentNullException.ThrowIfNull(texts);
        var key = $"event.{happened.Type}";

        // A newer API may know more.
        return texts.Has(key) ? texts[key] : happened.Type.Replace('_', ' ');
    }

    /// <summary>The parts of the event that say most: how much, which invoice, why, by whom.</summary>
    public static string DetailOf(Event happened, string currency, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(happened);
        ArgumentNullException.ThrowIfNull(texts);
        if (happened.Data.ValueKind != JsonValueKind.Object) return "";
        List<string> parts = [];
        if (Number(happened.Data, "amount") is { } amount) parts.Add(texts.Money(amount, currency));
        if (Find(happened.Data, "invoice") is { } invoice)
        {
            if (invoice.ValueKind == JsonValueKind.Number) parts.Add(texts["event.invoice", invoice.GetInt32()]);
            else if (invoice.ValueKind == JsonValueKind.Object && Number(invoice, "number") is { } number)
                parts.Add(texts["event.invoice", number]);
        }

        if (Text(happened.Data, "code") is { } code) parts.Add(code);
        if (Text(happened.Data, "reason") is { } reason) parts.Add(CancellationsTables.ReasonName(reason, texts));
        if (Text(happened.Data, "origin") is { } origin && texts.Has($"origin.{origin}")) parts.Add(texts[$"origin.{origin}"]);
        return string.Join(" · ", parts);
    }

    /// <summary>For the color of its mark.</summary>
    public static string MoodOf(Event happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return happened.Type switch
        {
            "charge_succeeded" or "reactivated" or "resumed" or "cancellation_undone" or "subscribed" => "good",
            "charge_declined" or "canceled" or "dunning_exhausted" or "expired" or "charged_back" => "bad",
            "cancellation_scheduled" or "paused" or "pause_scheduled" or "attempt_postponed" => "warn",
            _ => "plain",
        };
    }

    private static JsonElement? Find(JsonElement data, string name) => data.TryGetProperty(name, out var value) ? value : null;

    private static long? Number(JsonElement data, string name) =>
        Find(data, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    private static string? Text(JsonElement data, string name) =>
        Find(data, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
