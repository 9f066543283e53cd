using System.Globalization;
using System.Runtime.InteropServices;

namespace OrleansBilling.Gateway.Connections;

/// <summary>
/// How many connections this process may hold without running out of file descriptors: accepting one without a free descriptor would
/// end the process. The total is RLIMIT_NOFILE, which the .NET runtime has raised to the hard limit before this is read.
/// </summary>
/// <param name="Descriptors">The process's file descriptors; null if the system has no such limit.</param>
/// <param name="Connections">How many of them are for connections.</param>
internal readonly record struct DescriptorLimit(long? Descriptors, int Connections)
{
    /// <summary>The most connections, whatever the limit on descriptors.</summary>
    public const int ConnectionsMax = 20_000;

    /// <summary>With fewer connections than this, the process does not start.</summary>
    public const int ConnectionsMin = 16;

    /// <summary>Connections beyond the gate's limit, for those that the gate is just closing.</summary>
    public const int ClosingMax = 64;

    /// <summary>
    /// Reserved for the runtime with its assemblies, each of which is an open file (290 after a silo has started), for 256 calls to the
    /// payment provider, for <see cref="ClosingMax"/>, and for the database, other silos and webhooks.
    /// </summary>
    public const int Reserve = 768;

    private const int OpenFilesOnLinux = 7;
    private const int OpenFilesElsewhere = 8;

    public static DescriptorLimit Read() => Of(ReadOpenFilesMax());

    public static DescriptorLimit Of(long? descriptors)
    {
        if (descriptors is not { } all) return new(null, ConnectionsMax);
        return new(all, (int)Math.Clamp(all - Reserve, 0, ConnectionsMax));
    }

    /// <summary>For the log at startup.</summary>
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
