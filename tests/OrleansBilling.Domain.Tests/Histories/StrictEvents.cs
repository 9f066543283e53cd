using System.Text.Json;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Domain.Tests.Histories;

/// <summary>Every event as an API client sees it: strict JSON without duplicate names, and balanced postings.</summary>
public static class StrictEvents
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static void Hold(IReadOnlyList<SubscriptionEvent> events)
    {
        for (var n = 0; n < events.Count; n++)
        {
            var stored = SubscriptionCodec.Encode(events[n], n + 1);
            using var document = JsonDocument.Parse(stored.Data, Strict);
            if (!document.RootElement.TryGetProperty("postings", out var postings)) continue;
            var sum = postings.EnumerateObject().Sum(account => account.Value.ValueKind == JsonValueKind.Number
                ? account.Value.GetInt64()
                : account.Value.EnumerateObject().Sum(party => party.Value.GetInt64()));
            if (sum != 0) throw new InvalidOperationException($"The postings of event {n + 1}, {stored.Type}, sum to {sum}: {postings}");
        }
    }
}
