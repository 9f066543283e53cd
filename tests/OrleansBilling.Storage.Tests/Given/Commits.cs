using System.Text;
using NodaTime;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Tests.Given;

/// <summary>Commits with content in every part, so that a lost part shows.</summary>
public static class Commits
{
    public static readonly Instant Now = Instant.FromUtc(2024, 2, 29, 12, 30) + Duration.FromMilliseconds(123);

    public static readonly DirectoryEntry Entry = new(
        SubscriptionStatus.Active, "seller-1", "product-1", "plan-1", "offer-1", "customer-1");

    /// <summary>The commit that takes a subscription from one version to the next.</summary>
    public static JournalCommit Commit(
        string id,
        long expected = 0,
        int events = 1,
        Instant? dueAt = null,
        DirectoryEntry? directory = null,
        string? state = null,
        BalanceDelta[]? balances = null,
        OutboxMessage[]? messages = null,
        IssuedDocument[]? documents = null,
        string[]? usageKeys = null,
        long? keyPage = null,
        long? keyPagesExpired = null,
        FeedEvent[]? feed = null,
        SubscriptionMessage? message = null,
        params StatisticDelta[] deltas) => new()
        {
            SubscriptionId = id,
            ExpectedVersion = expected,
            NewVersion = expected + events,
            State = Json(state ?? $"{id} at {expected + events}"),
            DueAt = dueAt,
            Events = [.. Enumerable.Range(1, events).Select(number => Event(id, expected + number))],
            Directory = directory ?? (expected == 0 ? Entry : null),
            Deltas = deltas,
            Balances = balances ?? [],
            Messages = messages ?? [],
            Documents = documents ?? [],
            UsageKeys = usageKeys ?? [],
            KeyPage = keyPage is { } version ? new StoredKeyPage(version, Json($"page {version}")) : null,
            KeyPagesExpired = keyPagesExpired,
            Feed = feed ?? [],
            Message = message,
        };

    public static StoredEvent Event(string id, long sequence) =>
        new(sequence, Now + Duration.FromMilliseconds(sequence), $"event_{sequence}", Json($"{id} event {sequence}"));

    public static StatisticDelta Delta(
        long value, string offerId = "offer-1", int day = 100, StatisticMetric metric = StatisticMetric.Active, int? slice = null) =>
        new(day, offerId, metric, slice, value);

    public static BalanceDelta Balance(long amount, string party = "seller-1", string seller = "seller-1", string currency = "BRL") =>
        new(new BalanceKey(seller, party, currency), amount);

    public static OutboxMessage Message(long sequence, string seller = "seller-1") =>
        new(sequence, $"message_{sequence}", seller, Now + Duration.FromMilliseconds(sequence), Json($"message {sequence}"));

    public static FeedEvent Fed(
        long sequence, FeedEventType type = FeedEventType.SubscriptionCreated, int invoice = 0, string seller = "seller-1") =>
        new(sequence, type, invoice, seller);

    public static IssuedDocument Invoice(int ordinal, string seller = "seller-1") => new(DocumentKind.Invoice, ordinal, seller);

    public static IssuedDocument CreditNote(int ordinal, string seller = "seller-1") => new(DocumentKind.CreditNote, ordinal, seller);

    public static byte[] Json(string text) => Encoding.UTF8.GetBytes($$"""{"text":"{{text}} äöü €"}""");

    public static string Text(byte[] json) => Encoding.UTF8.GetString(json);
}
