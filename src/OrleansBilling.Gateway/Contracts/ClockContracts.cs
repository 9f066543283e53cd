using System.Text.Json.Serialization;
using NodaTime;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Whose time it is.</summary>
internal enum ClockMode
{
    /// <summary>The machine's.</summary>
    System,

    /// <summary>A clock that stands still until it is moved.</summary>
    Virtual,
}

/// <summary>The present instant.</summary>
internal sealed record ClockDocument(Instant Now, ClockMode Mode);

/// <summary>POST /v1/clock/advance.</summary>
internal sealed record ClockAdvanceBody
{
    public required Instant To { get; init; }
}

/// <summary>Where the clock stands after an advance.</summary>
/// <param name="Now">The present instant.</param>
/// <param name="LeftOut">Subscriptions whose due work fails, and which were left out; the first 100, null where there
/// are none. GET /v1/quarantine shows all.</param>
internal sealed record ClockAdvancedDocument(
    Instant Now,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<QuarantinedDocument>? LeftOut = null);

/// <summary>Whether the gateway lives, or is ready.</summary>
internal sealed record HealthDocument(string Status);

/// <summary>What is at the root.</summary>
/// <param name="Name">What this is.</param>
/// <param name="Api">Path of the API's description.</param>
/// <param name="Health">Path that tells whether it can work.</param>
internal sealed record RootDocument(string Name, string Api, string Health);
