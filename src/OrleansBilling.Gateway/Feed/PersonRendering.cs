using System.Text;
using System.Text.Json.Nodes;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Feed;

/// <summary>
/// Adds what is known of a person to stored JSON that has none of it: the mail address where it names a customer by its id, as messages
/// and the event of a sale do, and the text where it has only the sequence of one.
/// </summary>
internal sealed class PersonRendering(CustomerReader customers, SubscriptionTextReader texts)
{
    private const string Customer = "customer";
    private const string Email = "email";
    private const string Cancellation = "cancellation";
    private const string Comment = "comment";
    private const string CommentSequence = "comment_sequence";
    private const string Reason = "reason";
    private const string ReasonSequence = "reason_sequence";

    /// <summary>Each JSON with the present mail address of its customer and its text; as it is stored if it names neither.</summary>
    /// <param name="subscriptionId">Whose events they are; null for messages, which have no text.</param>
    /// <param name="stored">The JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<IReadOnlyList<RawJson>> RenderAsync(
        string? subscriptionId, IReadOnlyList<byte[]> stored, CancellationToken cancellationToken)
    {
        var parsed = stored.Select(Read).ToList();
        var ids = parsed.Select(IdOf).OfType<string>().ToList();
        var known = ids.Count == 0 ? null : await customers.FindAsync(ids, cancellationToken);
        var written = subscriptionId is null
            ? SubscriptionTexts.None
            : await texts.FindAsync(parsed.SelectMany(json => PlacesIn(subscriptionId, json)), cancellationToken);
        return [.. parsed.Select((json, n) => json is null ? new RawJson(stored[n]) : Render(json))];

        RawJson Render(JsonObject json)
        {
            if (IdOf(json) is { } id) RenderCustomer(json[Customer]!.AsObject(), known!.GetValueOrDefault(id));
            if (subscriptionId is not null) RenderTexts(subscriptionId, json, written);
            return new RawJson(Encoding.UTF8.GetBytes(json.ToJsonString()));
        }
    }

    private static void RenderCustomer(JsonObject customer, CustomerProfile? known)
    {
        var email = CustomerProfile.EmailOf(known, customer[Email]?.GetValue<string>());
        if (email is null) customer.Remove(Email);
        else customer[Email] = email;
    }

    private static void RenderTexts(string subscriptionId, JsonObject json, SubscriptionTexts written)
    {
        if (json[Cancellation] is JsonObject cancellation) Render(cancellation, Comment, CommentSequence);
        Render(json, Reason, ReasonSequence);

        void Render(JsonObject owner, string name, string sequence)
        {
            var text = PlacesIn(subscriptionId, owner, sequence).Select(place => written.Find(place)).OfType<string>().FirstOrDefault();
            if (owner.Remove(sequence) && text is not null) owner[name] = text;
        }
    }

    private static IEnumerable<TextPlace> PlacesIn(string subscriptionId, JsonObject? json) =>
    [
        .. PlacesIn(subscriptionId, json?[Cancellation] as JsonObject, CommentSequence),
        .. PlacesIn(subscriptionId, json, ReasonSequence),
    ];

    /// <summary>Only one of the two kinds of reasons is stored at a sequence.</summary>
    private static IEnumerable<TextPlace> PlacesIn(string subscriptionId, JsonObject? owner, string name) =>
        owner?[name]?.GetValue<long>() is not { } sequence ? []
            : name == CommentSequence ? [new TextPlace(subscriptionId, sequence, TextKind.Comment)]
            : [new(subscriptionId, sequence, TextKind.RefundReason), new(subscriptionId, sequence, TextKind.ChargebackReason)];

    private static JsonObject? Read(byte[] stored) =>
        stored.AsSpan().IndexOf("\"customer\""u8) < 0 && stored.AsSpan().IndexOf("_sequence\""u8) < 0
            ? null
            : JsonNode.Parse(stored) as JsonObject;

    private static string? IdOf(JsonObject? json) => (json?[Customer] as JsonObject)?["id"]?.GetValue<string>();
}
