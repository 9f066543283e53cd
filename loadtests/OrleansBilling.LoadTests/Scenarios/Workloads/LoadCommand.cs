using NodaTime;

namespace OrleansBilling.LoadTests.Scenarios.Workloads;

/// <summary>What load consists of.</summary>
internal enum LoadKind
{
    PaymentMethod,
    Subscribe,
    CancelNow,
    CancelAtPeriodEnd,
    Uncancel,
    Reactivate,
    Retry,
}

/// <summary>One command, whichever way it goes.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Number">The subscription's number, from which its id follows.</param>
/// <param name="Product">For a new subscription, the number of what is sold.</param>
/// <param name="Token">The payment method, where there is one.</param>
/// <param name="StartAt">For a new subscription, when it starts; null for at once.</param>
internal readonly record struct LoadCommand(LoadKind Kind, int Number, int Product = 0, string? Token = null, Instant? StartAt = null);

/// <summary>Which command comes when; the same every time, and safe to ask from many threads.</summary>
internal interface IWorkload
{
    /// <summary>The command with this number, from 0; null when there are no more.</summary>
    LoadCommand? Next(long number);
}
