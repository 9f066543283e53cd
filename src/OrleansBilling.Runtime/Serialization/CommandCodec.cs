using System.Buffers;
using System.Text.Json;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>
/// Encodes commands for processes that may run different versions during an upgrade. Unknown fields are ignored,
/// missing ones take their defaults, and an unknown command is distinguished from a broken one.
/// </summary>
internal static class CommandCodec
{
    /// <summary>The current format. Only raise it for messages that older processes must not read at all.</summary>
    public const int Format = 1;

    public static byte[] Encode(CommandEnvelope envelope)
    {
        var command = envelope.Command;
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format"u8, Format);
            writer.WriteString("type"u8, CommandTypes.NameOf(command.GetType()));
            Write(writer, "caller"u8, envelope.Caller);
            if (envelope.Idempotency is { } key) Write(writer, "key"u8, key);
            if (envelope.ExpectedVersion is { } version) writer.WriteNumber("expected_version"u8, version);
            if (TermsReference.Of(command) is { } terms) Write(writer, "terms"u8, terms);
            writer.WritePropertyName("body"u8);
            JsonSerializer.Serialize(writer, command, command.GetType(), WireJson.Options);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The command, or null when it needs a newer process. Throws <see cref="JsonException"/>
    /// for anything that is not a command.
    /// </summary>
    public static async ValueTask<CommandEnvelope?> DecodeAsync(byte[] message, CatalogCache catalog, CancellationToken cancellationToken)
    {
        var parts = Read(message);
        if (parts.Format > Format || CommandTypes.Find(parts.Type) is not { } type) return null;
        var command = (SubscriptionCommand)JsonSerializer.Deserialize(message.AsSpan(parts.Body), type, WireJson.Options)!;
        if (parts.Terms is { } terms) command = await terms.GiveToAsync(command, catalog, cancellationToken);
        return new CommandEnvelope(command, parts.Caller ?? throw new JsonException("The command has no caller."), parts.Key)
        {
            ExpectedVersion = parts.ExpectedVersion,
        };
    }

    private static Parts Read(byte[] message)
    {
        var parts = new Parts();
        var reader = new Utf8JsonReader(message);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("format"u8)) parts.Format = Next<int>(ref reader);
            else if (reader.ValueTextEquals("type"u8)) parts.Type = Next<string>(ref reader);
            else if (reader.ValueTextEquals("caller"u8)) parts.Caller = Next<Caller>(ref reader);
            else if (reader.ValueTextEquals("key"u8)) parts.Key = Next<IdempotencyKey>(ref reader);
            else if (reader.ValueTextEquals("expected_version"u8)) parts.ExpectedVersion = Next<long>(ref reader);
            else if (reader.ValueTextEquals("terms"u8)) parts.Terms = Next<TermsReference>(ref reader);
            else if (reader.ValueTextEquals("body"u8)) parts.Body = Slice(ref reader);
            else reader.Skip();
        }

        return parts.Format > 0 && parts.Type.Length > 0 ? parts : throw new JsonException("This is not a command.");
    }

    /// <summary>The position of the next value. Its meaning depends on a type that may come later in the message.</summary>
    private static Range Slice(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    private static T Next<T>(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonSerializer.Deserialize<T>(ref reader, WireJson.Options) ?? throw new JsonException("A part of the command is null.");
    }

    private static void Write<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, T value)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, WireJson.Options);
    }

    private struct Parts()
    {
        public int Format { get; set; }

        public string Type { get; set; } = "";

        public Caller? Caller { get; set; }

        public IdempotencyKey? Key { get; set; }

        public long? ExpectedVersion { get; set; }

        public TermsReference? Terms { get; set; }

        public Range Body { get; set; }
    }
}
