using Npgsql;
using NpgsqlTypes;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>One column of a batch: a list, refilled for every execution and sent as an array of exactly its length.</summary>
internal sealed class ArrayParameter<T>
{
    private readonly List<T> values = [];

    public ArrayParameter(NpgsqlCommand command, NpgsqlDbType elementType) =>
        command.Parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | elementType });

    public int Count => values.Count;

    public T this[int index]
    {
        get => values[index];
        set => values[index] = value;
    }

    public void Clear() => values.Clear();

    public void Add(T value) => values.Add(value);
}
