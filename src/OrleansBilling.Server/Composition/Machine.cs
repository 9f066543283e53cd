using System.Security.Cryptography;
using NodaTime;
using OrleansBilling.Runtime.Clock;

namespace OrleansBilling.Server.Composition;

/// <summary>The process's real clock and randomness. This is the only place that provides them.</summary>
internal static class Machine
{
    /// <summary>A fixed seed, so the simulated provider behaves the same in every process.</summary>
    public const long SimulatorSeed = 1;

#pragma warning disable RS0030
    public static IClock Clock => SystemClock.Instance;
#pragma warning restore RS0030

    public static TimeProvider Time => TimeProvider.System;

    public static Dice Dice => RandomNumberGenerator.Fill;
}
