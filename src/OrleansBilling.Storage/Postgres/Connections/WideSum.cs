using System.Numerics;
using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>Reads sums across subscriptions. The database keeps them as numeric, which does not overflow.</summary>
internal static class WideSum
{
    /// <summary>A sum. One beyond 128 bits reads as the largest value; real amounts cannot reach that.</summary>
    public static Int128 Read(NpgsqlDataReader reader, int column) => Int128.CreateSaturating(reader.GetFieldValue<BigInteger>(column));
}
