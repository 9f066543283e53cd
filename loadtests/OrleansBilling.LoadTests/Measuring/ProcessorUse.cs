using System.Diagnostics;

namespace OrleansBilling.LoadTests.Measuring;

/// <summary>Processor use by process: each has a name and a function that reads its processor time so far.</summary>
internal sealed class ProcessorUse(params (string Name, Func<TimeSpan?> Read)[] processes)
{
    /// <summary>This process: the load generator and what runs inside it.</summary>
    public static (string Name, Func<TimeSpan?> Read) Own(string name) => (name, () => Process.GetCurrentProcess().TotalProcessorTime);

    /// <summary>Reads all processes now; leaves out those that cannot be read.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Read() =>
        processes.Select(process => (process.Name, Time: process.Read())).Where(process => process.Time is not null)
            .ToDictionary(process => process.Name, process => process.Time!.Value);

    /// <summary>Microseconds per command between two readings.</summary>
    public static IReadOnlyDictionary<string, double> Between(
        IReadOnlyDictionary<string, TimeSpan> before, IReadOnlyDictionary<string, TimeSpan> after, long commands) =>
        after.Where(process => before.ContainsKey(process.Key) && commands > 0)
            .ToDictionary(process => process.Key, process => (process.Value - before[process.Key]).TotalMicroseconds / commands);
}
