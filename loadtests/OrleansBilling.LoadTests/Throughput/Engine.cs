using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.Runtime;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>What runs subscriptions in this process: the bare handler, or a silo. Each is measured by the same ways.</summary>
/// <param name="ProcessName">What this process is called in the column of processors.</param>
/// <param name="OpenAsync">Opens it on a database.</param>
/// <param name="Commands">Name of its way of commands.</param>
/// <param name="CommandsSmall">The same, on fewer subscriptions.</param>
/// <param name="BillingDay">Name of its billing day.</param>
/// <param name="Cold">Name of its way of cold loads.</param>
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
