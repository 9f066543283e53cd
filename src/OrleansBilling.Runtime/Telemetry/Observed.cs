using System.Collections.Immutable;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>What a gauge reads when it is asked: several while a process has several of a kind.</summary>
internal sealed class Observed<T>
{
    private ImmutableArray<Func<T>> all = [];

    /// <summary>Reads all.</summary>
    public IEnumerable<T> Read() => all.Select(one => one());

    /// <summary>Adds one until the result is disposed.</summary>
    public IDisposable Add(Func<T> read)
    {
        ImmutableInterlocked.Update(ref all, static (known, one) => known.Add(one), read);
        return new Addition(this, read);
    }

    private sealed class Addition(Observed<T> home, Func<T> read) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref home.all, static (known, one) => known.Remove(one), read);
    }
}
