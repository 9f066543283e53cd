using System.Data.Common;
using OrleansBilling.Runtime.Sellers;

namespace OrleansBilling.Storage.Sellers;

/// <summary>The statements about sellers, for both databases.</summary>
internal static class SellerSql
{
    public const string Find = "select data from seller where id = $1";

    public const string Add = "insert into seller (id, revision, data) values ($1, $2, $3) on conflict (id) do nothing";

    public const string Replace = "update seller set revision = $2, data = $3 where id = $1 and revision = $2 - 1";

    public const string FindLogo = "select revision, width, height, png from seller_logo where seller_id = $1";

    /// <summary>Returns the new revision, or nothing if another one than $5 is stored.</summary>
    public const string SaveLogo =
        """
        insert into seller_logo (seller_id, revision, width, height, png)
        select $1, 1, $2, $3, $4
        where $5 is null or exists (select 1 from seller_logo where seller_id = $1 and revision = $5)
        on conflict (seller_id) do update
        set revision = seller_logo.revision + 1, width = excluded.width, height = excluded.height, png = excluded.png
        where $5 is null or seller_logo.revision = $5
        returning revision
        """;

    public static StoredLogo ReadLogo(DbDataReader reader)
    {
        var logo = reader.IsDBNull(3)
            ? null
            : new SellerLogo(reader.GetFieldValue<byte[]>(3), reader.GetInt32(1), reader.GetInt32(2));
        return new StoredLogo(logo, reader.GetInt32(0));
    }
}
