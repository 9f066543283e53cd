using System.Text.Json.Nodes;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Runtime.Customers;

namespace OrleansBilling.Gateway.Feed;

/// <summary>
/// Adds what is known of a person to stored JSON that names a customer only by its id: messages, and the event of a sale.
/// </summary>
internal sealed class PersonRendering(CustomerReader customers)
{
    private const string Customer = "customer";
    private const string Email = "email";

    /// <summary>Each JSON with the present mail address of its customer; as it is stored if it names none.</summary>
    /// <exception cref="Runtime.Journal.JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<IReadOnlyList<RawJson>> RenderAsync(IReadOnlyList<byte[]> stored, CancellationToken cancellationToken)
    {
        var parsed = stored.Select(Read).ToList();
        var ids = parsed.Select(IdOf).OfType<string>().ToList();
        if (ids.Count == 0) return [.. stored.Select(json => new RawJson(json))];
        var known = await customers.FindAsync(ids, cancellationToken);
        return [.. parsed.Select((json, n) => IdOf(json) is { } id ? Render(json!, known.GetValueOrDefault(id)) : new RawJson(stored[n]))];
    }

    private static RawJson Render(JsonObject json, CustomerProfile? known)
    {
        var customer = json[Customer]!.AsObject();
        var email = CustomerProfile.EmailOf(known, customer[Email]?.GetValue<string>());
        if (email is null) customer.Remove(Email);
        else customer[Email] = email;
        return new RawJson(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static JsonObject? Read(byte[] stored) =>
        stored.AsSpan().IndexOf("\"customer\""u8) < 0 ? null : JsonNode.Parse(stored) as JsonObject;

    private static string? IdOf(JsonObject? json) => (json?[Customer] as JsonObject)?["id"]?.GetValue<string>();
}
