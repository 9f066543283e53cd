namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>Equality of two states by content; records compare arrays by reference.</summary>
public static class SameState
{
    public static bool Are(Subscription? one, Subscription? other)
    {
        if (one is null || other is null) return one is null && other is null;
        return one.OpenInvoices.SequenceEqual(other.OpenInvoices)
            && one.Declines.SequenceEqual(other.Declines)
            && SameMetadata(one, other)
            && Bare(one) == Bare(other);
    }

    private static Subscription Bare(Subscription state) => state with { OpenInvoices = [], Declines = [], Metadata = null };

    private static bool SameMetadata(Subscription one, Subscription other) =>
        ReferenceEquals(one.Metadata, other.Metadata) ||
        (one.Metadata is not null && other.Metadata is not null && one.Metadata.SequenceEqual(other.Metadata));
}
