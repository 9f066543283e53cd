using System.Text.Json;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>Encodes results for the way back, by the same rules as <see cref="CommandCodec"/>.</summary>
internal static class ResultCodec
{
    public static byte[] Encode(CommandResult result) => JsonSerializer.SerializeToUtf8Bytes(
        result switch
        {
            CommandResult.Accepted x => new Flat { State = x.State, Terms = TermsReference.Of(x.Terms), Replayed = x.Replayed },
            CommandResult.Refused x => new Flat { Refusal = x.Refusal },
            CommandResult.Unavailable x => new Flat { Code = x.Code, Detail = x.Detail },
            _ => throw new InvalidOperationException($"{result.GetType()} is not known."),
        },
        WireJson.Options);

    /// <summary>Throws <see cref="JsonException"/> for anything that is not a result.</summary>
    public static async ValueTask<CommandResult> DecodeAsync(byte[] message, CatalogCache catalog, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<Flat>(message, WireJson.Options) switch
        {
            { State: { } state, Terms: { } terms } x =>
                new CommandResult.Accepted(state, await terms.FindAsync(catalog, cancellationToken), x.Replayed),
            { Refusal: { } refusal } => new CommandResult.Refused(refusal),
            { Code: { } code, Detail: { } detail } => new CommandResult.Unavailable(code, detail),
            _ => throw new JsonException("This is not the result of a command."),
        };

    private sealed record Flat
    {
        public Subscription? State { get; init; }

        public TermsReference? Terms { get; init; }

        public bool Replayed { get; init; }

        public Refusal? Refusal { get; init; }

        public string? Code { get; init; }

        public string? Detail { get; init; }
    }
}
