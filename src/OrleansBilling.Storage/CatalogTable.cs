namespace OrleansBilling.Storage;

/// <summary>A table of the catalog that is listed: how its rows are read, and which owners it names.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">What is read of a row: the content, when created, when archived, the revision, then the rest.</param>
/// <param name="Join">What is joined to a row; empty for nothing.</param>
internal sealed record CatalogTable(string Name, string Columns, string Join = "")
{
    public const string OfferColumns =
        "v.data, t.created_at, t.archived_at, v.version as revision, t.id as id, t.plan_id, v.amount, t.currency";

    public static CatalogTable Products { get; } = Plain("product");

    public static CatalogTable Plans { get; } = Plain("plan");

    public static CatalogTable Coupons { get; } = Plain("coupon");

    /// <summary>Reads one row by its id.</summary>
    public string FindSql => $"select {Columns} from {Name} as t {Join} where t.id = $1";

    private static CatalogTable Plain(string name) => new(name, "t.data, t.created_at, t.archived_at, t.revision, t.id as id");
}
