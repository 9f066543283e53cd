namespace OrleansBilling.Delivery.Outbound;

/// <summary>What became of one request that left the house.</summary>
/// <param name="Duration">From before the name was resolved until the answer was read or given up.</param>
public abstract record DeliveryOutcome(TimeSpan Duration)
{
    /// <summary>The other side took it: a status from 200 to 299. What follows in the body does not matter.</summary>
    public sealed record Delivered(int Status, TimeSpan Duration) : DeliveryOutcome(Duration);

    /// <summary>It answered with another status. Redirects are not followed, so 3xx is a failure too.</summary>
    /// <param name="RetryAfter">
    /// How long it asks to be left alone: from zero to <see cref="Outbound.RetryAfter.Longest"/>; null: it does not say.
    /// </param>
    public sealed record Failed(int Status, TimeSpan? RetryAfter, TimeSpan Duration) : DeliveryOutcome(Duration)
    {
        /// <summary>410: it wants nothing more, ever.</summary>
        public bool Gone => Status == 410;
    }

    /// <summary>Nothing came back. Whether the other side took it is unknown, so the same has to be sent again.</summary>
    public sealed record NoAnswer(NoAnswerReason Reason, TimeSpan Duration) : DeliveryOutcome(Duration);
}
