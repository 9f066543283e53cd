using System.Diagnostics;
using System.Text.Json;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Silo.Wire;

/// <summary>
/// A command sent to a grain. Within a process it is passed as it is, because everything in it is immutable. It is encoded
/// only when Orleans sends it to another process. The format is our own (<see cref="CommandCodec"/>), so processes of
/// different versions understand each other, independent of how Orleans serializes types.
/// </summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.command")]
internal sealed class CommandMessage
{
    [NonSerialized]
    private readonly CommandEnvelope? envelope;

    [NonSerialized]
    private byte[]? body;

    /// <summary>For the deserializer.</summary>
    public CommandMessage()
    {
    }

    public CommandMessage(CommandEnvelope envelope, long? virtualNow)
    {
        this.envelope = envelope;
        VirtualNow = virtualNow;
        Trace = Activity.Current?.Id;
    }

    /// <summary>The command, encoded.</summary>
    [Id(0)]
    public byte[] Body
    {
        get => body ??= CommandCodec.Encode(envelope ?? throw new InvalidOperationException("The message is empty."));
        set => body = value;
    }

    /// <summary>The sender's virtual time in milliseconds since 1970; null without a virtual clock.</summary>
    [Id(1)]
    public long? VirtualNow { get; set; }

    /// <summary>
    /// The sender's span, as a traceparent of W3C; null if nobody traces. Orleans' own propagation is a filter on every call, and
    /// it puts ids of subscriptions into the spans.
    /// </summary>
    [Id(2)]
    public string? Trace { get; set; }

    /// <summary>The command; null if only a newer process knows it.</summary>
    /// <exception cref="JournalUnavailableException">The catalog that the command refers to cannot be read.</exception>
    public ValueTask<CommandEnvelope?> OpenAsync(CatalogCache catalog) =>
        envelope is not null ? new ValueTask<CommandEnvelope?>(envelope) : CommandCodec.DecodeAsync(Body, catalog, CancellationToken.None);
}

/// <summary>The result of a command, sent like <see cref="CommandMessage"/>, in the format of <see cref="ResultCodec"/>.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.command_answer")]
internal sealed class CommandAnswer
{
    [NonSerialized]
    private readonly CommandResult? result;

    [NonSerialized]
    private byte[]? body;

    /// <summary>For the deserializer.</summary>
    public CommandAnswer()
    {
    }

    public CommandAnswer(CommandResult result) => this.result = result;

    /// <summary>The result, encoded.</summary>
    [Id(0)]
    public byte[] Body
    {
        get => body ??= ResultCodec.Encode(result ?? throw new InvalidOperationException("The answer is empty."));
        set => body = value;
    }

    /// <exception cref="JournalUnavailableException">The catalog that the result refers to cannot be read.</exception>
    /// <exception cref="JsonException">The bytes are not a result.</exception>
    public ValueTask<CommandResult> OpenAsync(CatalogCache catalog, CancellationToken cancellationToken) =>
        result is not null ? new ValueTask<CommandResult>(result) : ResultCodec.DecodeAsync(Body, catalog, cancellationToken);
}
