using System.Numerics;
using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>Sums across subscriptions are numeric in the database, which knows no overflow.</summary>
internal static class WideSum
{
    /// <summary>A sum; one beyond 128 bits, which amounts cannot come to, reads as the largest.</summary>
    public static Int128 Read(NpgsqlDataReader reader, int column) => Int128.CreateSaturating(reader.GetFieldValue<BigInteger>(column));
}
