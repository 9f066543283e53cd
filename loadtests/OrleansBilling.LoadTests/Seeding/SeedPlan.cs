using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>
/// The subscriptions that fill a database. They come in parts of equal subscriptions and are numbered from 0 across the
/// parts. One subscription of each part is really sold; the others are copies.
/// </summary>
internal sealed class SeedPlan
{
    private readonly int[] starts;

    private SeedPlan(LoadCatalog catalog, IReadOnlyList<SeedTemplate> templates)
    {
        Catalog = catalog;
        Templates = templates;
        starts = new int[templates.Count];
        foreach (var (n, template) in templates.Index())
        {
            starts[n] = Count;
            Count += template.Part.Count;
        }
    }

    public LoadCatalog Catalog { get; }

    public IReadOnlyList<SeedTemplate> Templates { get; }

    /// <summary>Number of subscriptions in all parts.</summary>
    public int Count { get; }

    /// <summary>Stores the catalog and sells one subscription of each part.</summary>
    public static async Task<SeedPlan> PrepareAsync(
        BillingStorage storage, LoadCatalog catalog, IEnumerable<SeedPart> parts, CancellationToken cancellationToken)
    {
        await catalog.StoreAsync(storage, cancellationToken);
        var cache = new CatalogCache(storage.Catalog, TimeProvider.System);
        var templates = new List<SeedTemplate>();
        foreach (var part in parts)
        {
            if (part.Count > 0) templates.Add(await SeedTemplate.SellAsync(part, cache, cancellationToken));
        }

        return new SeedPlan(catalog, templates);
    }

    /// <summary>The template that the subscription with this number copies.</summary>
    public SeedTemplate TemplateOf(int number)
    {
        var found = Array.BinarySearch(starts, number);
        return Templates[found >= 0 ? found : ~found - 1];
    }

    /// <summary>All subscriptions with their templates, in the order of numbers and ids.</summary>
    public IEnumerable<(int Number, SeedTemplate Template)> All()
    {
        var number = 0;
        foreach (var template in Templates)
        {
            for (var n = 0; n < template.Part.Count; n++) yield return (number++, template);
        }
    }

    /// <summary>The counters of all subscriptions together.</summary>
    public IReadOnlyList<StatisticDelta> Deltas() =>
    [
        .. Templates.SelectMany(
            template => template.Commit.Deltas.Select(delta => delta with { Value = delta.Value * template.Part.Count }))
            .GroupBy(delta => delta with { Value = 0 })
            .Select(same => same.Key with { Value = same.Sum(delta => delta.Value) }),
    ];

    /// <summary>The balances of all parties together.</summary>
    public IReadOnlyList<BalanceDelta> Balances() =>
    [
        .. Templates.SelectMany(
            template => template.Commit.Balances.Select(delta => delta with { Amount = delta.Amount * template.Part.Count }))
            .GroupBy(delta => delta.Key)
            .Select(same => new BalanceDelta(same.Key, same.Sum(delta => delta.Amount))),
    ];
}
