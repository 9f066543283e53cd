namespace OrleansBilling.Domain.Subscriptions;

/// <summary>How a usage event was taken.</summary>
public enum UsageOutcome
{
    /// <summary>It is part of the meter's reading.</summary>
    Counted,

    /// <summary>An event with this id was counted before, so this one has no effect.</summary>
    Double,

    /// <summary>The meter counts distinct keys, and this key was counted before in the period.</summary>
    KnownKey,

    /// <summary>The meter takes the maximum, and a quantity as high was counted before in the period.</summary>
    NotHighest,

    /// <summary>The meter takes the last quantity, and a later one was counted before in the period.</summary>
    NotLatest,
}
