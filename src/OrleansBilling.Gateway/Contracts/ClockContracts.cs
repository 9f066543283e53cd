using System.Text.Json.Serialization;
using NodaTime;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The source of billing time.</summary>
internal enum ClockMode
{
    /// <summary>The machine's clock.</summary>
    System,

    /// <summary>A clock that stands still until it is advanced.</summary>
    Virtual,
}

/// <summary>Business time.</summary>
/// <param name="Now">The present instant of billing.</param>
/// <param name="Mode">Whose clock it is.</param>
internal sealed record ClockDocument(Instant Now, ClockMode Mode);

/// <summary>POST /v1/clock/advance.</summary>
internal sealed record ClockAdvanceBody
{
    /// <summary>The instant to reach; not before the present one, and at most 3,660 days after it.</summary>
    public required Instant To { get; init; }
}

/// <summary>The clock after an advance.</summary>
/// <param name="Now">The current instant.</param>
/// <param name="LeftOut">Subscriptions skipped because their due work fails: the first 100, or null if there are none.
/// GET /v1/quarantine lists all.</param>
internal sealed record ClockAdvancedDocument(
    Instant Now,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<QuarantinedDocument>? LeftOut = null);

/// <summary>Liveness or readiness of the gateway.</summary>
/// <param name="Status">Either live or ready.</param>
internal sealed record HealthDocument(string Status);

/// <summary>The answer at the root path.</summary>
/// <param name="Name">The name of the service.</param>
/// <param name="Api">The path of the OpenAPI document.</param>
/// <param name="Docs">The path of the API reference, for people.</param>
/// <param name="Health">The path of the readiness check.</param>
internal sealed record RootDocument(string Name, string Api, string Docs, string Health);
