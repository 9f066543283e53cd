using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Tests;

internal sealed class MemorySettings : ISettingStore
{
    private readonly Dictionary<string, string> values = [];

    public ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken) => new(values.GetValueOrDefault(name));

    public ValueTask WriteAsync(string name, string value, CancellationToken cancellationToken)
    {
        values[name] = value;
        return ValueTask.CompletedTask;
    }
}
