using System.Security.Cryptography;
using NodaTime;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Server.Composition;

/// <summary>What a process takes from its machine: the one place that reads the clock and throws dice.</summary>
internal static class Machine
{
    /// <summary>The simulated provider's dice fall the same way in every process.</summary>
    public const long SimulatorSeed = 1;

#pragma warning disable RS0030
    public static IClock Clock => SystemClock.Instance;
#pragma warning restore RS0030

    public static TimeProvider Time => TimeProvider.System;

    public static Dice Dice => RandomNumberGenerator.Fill;
}
