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
internal sealed record ClockAdvancedDocument(Instant Now);

/// <summary>Whether the gateway lives, or is ready.</summary>
internal sealed record HealthDocument(string Status);
