using System.Globalization;

namespace OrleansBilling.LoadTests.Processes;

/// <summary>
/// Processor time of a PostgreSQL server: its first process, including children that ended, plus the children that are
/// running. Reads /proc, so it works only on Linux.
/// </summary>
internal sealed class PostgresProcessors(int firstProcess)
{
    // Positions in /proc/<pid>/stat, counted after the command's name.
    private const int ParentField = 1;
    private const int UserField = 11;
    private const int SystemField = 12;
    private const int EndedChildrenUserField = 13;
    private const int EndedChildrenSystemField = 14;
    private const double TicksPerSecond = 100;

    /// <summary>Processor time so far; null where there is no /proc.</summary>
    public TimeSpan? Read()
    {
        if (!OperatingSystem.IsLinux()) return null;
        var ticks = 0L;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var process)) continue;
            if (ReadStat(process) is not { } stat) continue;
            if (process == firstProcess) ticks += Ticks(stat, UserField, SystemField, EndedChildrenUserField, EndedChildrenSystemField);
            else if (Number(stat, ParentField) == firstProcess) ticks += Ticks(stat, UserField, SystemField);
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static string[]? ReadStat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // The process ended in the meantime.
            return null;
        }
    }

    private static long Ticks(string[] stat, params ReadOnlySpan<int> fields)
    {
        var sum = 0L;
        foreach (var field in fields) sum += Number(stat, field);
        return sum;
    }

    private static long Number(string[] stat, int field) => long.Parse(stat[field], CultureInfo.InvariantCulture);
}
