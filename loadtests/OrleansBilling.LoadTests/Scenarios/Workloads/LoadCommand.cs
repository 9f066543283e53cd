using NodaTime;

namespace OrleansBilling.LoadTests.Scenarios.Workloads;

/// <summary>The commands that load consists of.</summary>
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

/// <summary>One command, however it is sent.</summary>
/// <param name="Kind">What the command does.</param>
/// <param name="Number">The subscription's number, which determines its id.</param>
/// <param name="Product">For a new subscription, the number of the product.</param>
/// <param name="Token">The payment method, if the command has one.</param>
/// <param name="StartAt">For a new subscription, its start; null for immediately.</param>
internal readonly record struct LoadCommand(LoadKind Kind, int Number, int Product = 0, string? Token = null, Instant? StartAt = null);

/// <summary>The sequence of commands. Repeatable and safe for concurrent use.</summary>
internal interface IWorkload
{
    /// <summary>The command with this number, from 0; null when there are no more.</summary>
    LoadCommand? Next(long number);
}
