namespace OrleansBilling.Client;

/// <summary>How a <see cref="BillingClient"/> reaches the API.</summary>
public sealed record BillingClientOptions
{
    /// <summary>The installation, such as https://billing.example.com.</summary>
    public required Uri Address { get; init; }

    /// <summary>An API key or a customer token; null for the few calls that need none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How often a request is sent at most, the first time included.</summary>
    public int TriesMax { get; init; } = 4;

    /// <summary>The longest time that one try may take. Waiting for events takes up to 30 seconds.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause before the second try, on average. It doubles with each try.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause that the client chooses by itself.</summary>
    public TimeSpan PauseMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause that the server may ask for (Retry-After). If it asks for more, the error is thrown at once.</summary>
    public TimeSpan RetryAfterMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest answer that is read. A larger one is an error.</summary>
    public int AnswerBytesMax { get; init; } = 64 * 1024 * 1024;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The seed of the jitter of pauses; null for one that differs between clients.</summary>
    public int? Seed { get; init; }

    /// <summary>Makes a new idempotency key; null for 128 random bits.</summary>
    public Func<string>? NewIdempotencyKey { get; init; }
}
