using Npgsql;
using NpgsqlTypes;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>
/// The deltas of a batch in two forms: summed per key, written when every commit won; and per commit, from which the database sums
/// the winners' share when some commits lost. A batch touches few keys, so it writes few rows. The owner holds the key columns and
/// adds to them whenever a key is new.
/// </summary>
internal sealed class SummedColumns<TKey>(NpgsqlCommand command)
    where TKey : struct, IEquatable<TKey>
{
    /// <summary>The position of each key in the columns, counted from 1 as in SQL.</summary>
    private readonly Dictionary<TKey, int> keys = [];
    private readonly ArrayParameter<long> total = new(command, NpgsqlDbType.Bigint);
    private readonly ArrayParameter<int> partPlace = new(command, NpgsqlDbType.Integer);
    private readonly ArrayParameter<int> partKey = new(command, NpgsqlDbType.Integer);
    private readonly ArrayParameter<long> partValue = new(command, NpgsqlDbType.Bigint);

    public void Clear()
    {
        keys.Clear();
        total.Clear();
        partPlace.Clear();
        partKey.Clear();
        partValue.Clear();
    }

    /// <summary>Adds a delta of the commit at <paramref name="place"/>. True if it starts a new row; the owner then adds the key.</summary>
    public bool Add(int place, in TKey key, long value)
    {
        var isNew = !keys.TryGetValue(key, out var known) || !TryRaise(known, value);
        if (isNew)
        {
            total.Add(value);
            known = total.Count;
            keys[key] = known;
        }

        partPlace.Add(place);
        partKey.Add(known);
        partValue.Add(value);
        return isNew;
    }

    /// <summary>A sum that overflows 64 bits is split into two rows.</summary>
    private bool TryRaise(int known, long value)
    {
        var before = total[known - 1];
        var after = unchecked(before + value);
        if (((before ^ after) & (value ^ after)) < 0) return false;
        total[known - 1] = after;
        return true;
    }
}
