using System.Globalization;
using System.Runtime.InteropServices;

namespace OrleansBilling.Gateway.Connections;

/// <summary>
/// How many connections this process may hold, so that its file descriptors never run out: accepting one for which there
/// is none would end the process. What it may open at all is RLIMIT_NOFILE; the runtime has raised that to the hard limit
/// before this is asked.
/// </summary>
/// <param name="Descriptors">What the process may open; null where the system has no such limit.</param>
/// <param name="Connections">What of it is for connections.</param>
internal readonly record struct DescriptorLimit(long? Descriptors, int Connections)
{
    /// <summary>The most connections, however much the process may open.</summary>
    public const int ConnectionsMax = 20_000;

    /// <summary>The fewest with which it starts.</summary>
    public const int ConnectionsMin = 16;

    /// <summary>
    /// Kept for the runtime with its assemblies, each of which is a file (290 when a silo has started), for 256 calls of the
    /// payment provider, and for the database and other silos.
    /// </summary>
    public const int Reserve = 768;

    private const int OpenFilesOnLinux = 7;
    private const int OpenFilesElsewhere = 8;

    /// <summary>The limit of this process.</summary>
    public static DescriptorLimit Read() => Of(ReadOpenFilesMax());

    public static DescriptorLimit Of(long? descriptors)
    {
        if (descriptors is not { } all) return new(null, ConnectionsMax);
        return new(all, (int)Math.Clamp(all - Reserve, 0, ConnectionsMax));
    }

    /// <summary>What is said of it at start.</summary>
    public override string ToString() => Descriptors is { } all
        ? string.Create(CultureInfo.InvariantCulture, $"{Connections} of {all} file descriptors")
        : string.Create(CultureInfo.InvariantCulture, $"{Connections}");

    private static long? ReadOpenFilesMax()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return null;
        if (GetLimit(OperatingSystem.IsLinux() ? OpenFilesOnLinux : OpenFilesElsewhere, out var limit) != 0) return null;
        return limit.Soft > int.MaxValue ? null : (long)limit.Soft;
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetLimit(int resource, out ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
