namespace OrleansBilling.Storage.Sellers;

/// <summary>The statements about sellers, for both databases.</summary>
internal static class SellerSql
{
    public const string Find = "select data from seller where id = $1";

    public const string Add = "insert into seller (id, revision, data) values ($1, $2, $3) on conflict (id) do nothing";

    public const string Replace = "update seller set revision = $2, data = $3 where id = $1 and revision = $2 - 1";
}
