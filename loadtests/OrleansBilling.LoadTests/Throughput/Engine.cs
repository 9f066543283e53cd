using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.Runtime;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>A host of subscriptions in this process: the bare handler or a silo. Both are measured in the same ways.</summary>
/// <param name="ProcessName">The name of this process in the processor column.</param>
/// <param name="OpenAsync">Opens the host on a database.</param>
/// <param name="Commands">Name of the way that sends commands.</param>
/// <param name="CommandsSmall">The same, with fewer subscriptions.</param>
/// <param name="BillingDay">Name of the billing day.</param>
/// <param name="Cold">Name of the way that loads stored subscriptions.</param>
internal sealed record Engine(
    string ProcessName, Func<HostParts, CancellationToken, Task<IBillingHost>> OpenAsync, string Commands, string CommandsSmall,
    string BillingDay, string Cold)
{
    public static Engine Bare { get; } = new(
        "runtime", Turns.OpenAsync, WayNames.Runtime, WayNames.RuntimeSmall, WayNames.BillingDay, WayNames.Cold);

    public static Engine Silo { get; } = new(
        "silo and client", LiveSilo.OpenAsync, WayNames.Orleans, WayNames.OrleansSmall, WayNames.OrleansBillingDay, WayNames.OrleansCold);

    public static IReadOnlyList<Engine> All { get; } = [Bare, Silo];
}
