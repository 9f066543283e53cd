using Microsoft.AspNetCore.Components;
using OrleansBilling.Client;
using OrleansBilling.Console.Charts;
using OrleansBilling.Console.Figures;
using OrleansBilling.Console.Words;

namespace OrleansBilling.Console.Pages;

/// <summary>Who leaves, how fast, when, why and by whose decision. The filters stand in the address, so a view can be sent on.</summary>
public sealed partial class Cancellations : LivePage
{
    /// <summary>The most lines that can be told apart.</summary>
    private const int LinesMax = 8;

    private static readonly string[] Periods = ["month", "last-month", "30d", "90d", "12m"];

    private CancellationsView? view;
    private Shelf? shelf;
    private CancellationsQuestion? asked;
    private Span? span;
    private IReadOnlyList<Series> lines = [];
    private IReadOnlyList<Series> layers = [];
    private IReadOnlyList<string> months = [];
    private IReadOnlyList<string> originMonths = [];
    private IReadOnlyList<ShareBars.Row> reasons = [];
    private int linesLeftOut;

    [SupplyParameterFromQuery(Name = "period")]
    private string? Period { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "product")]
    private string? ProductId { get; set; }

    [SupplyParameterFromQuery(Name = "by")]
    private string? By { get; set; }

    protected override bool IsAllowed => Session.SeesFigures;

    private string? EvolutionNote => linesLeftOut > 0 ? Texts["evolution.left-out", LinesMax, linesLeftOut] : Texts["evolution.note"];

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        var names = await Shelf.LoadAsync(Desk, Session, cancellationToken);
        var question = await CancellationsAsk.QuestionAsync(
            Desk, Session, names, Period, From, To, ProductId, By, cancellationToken);
        (asked, span) = (question, question.Span);
        var seen = await CancellationsView.LoadAsync(Desk, Session, question, cancellationToken);

        // Meanwhile something else may have been asked.
        if (asked != question) return;
        (view, shelf) = (seen, names);
        Draw(seen, names);
    }

    private void Draw(CancellationsView seen, Shelf names)
    {
        var all = seen.Monthly.Select(month => month.Month).Distinct().Order(StringComparer.Ordinal).ToList();
        months = [.. all.Select(Texts.ShortMonth)];
        var groups = seen.Monthly.Where(month => month.Current is not null)
            .GroupBy(month => seen.Question.ByPlan ? month.PlanId : month.ProductId, StringComparer.Ordinal)
            .Select(group => (
                Name: CancellationsTables.NameOf(group.First(), seen, names), Id: group.Key,
                Months: group.ToDictionary(month => month.Month, StringComparer.Ordinal)))
            .OrderByDescending(group => group.Months.Values.Max(month => month.Current!.Value)).ThenBy(group => group.Name).ToList();

        // Two may have one name; then their ids tell them apart.
        var shared = groups.GroupBy(group => group.Name, StringComparer.Ordinal).Where(same => same.Count() > 1)
            .Select(same => same.Key).ToHashSet(StringComparer.Ordinal);
        lines =
        [
            .. groups.Take(LinesMax).Select((group, n) => new Series(
                shared.Contains(group.Name) ? $"{group.Name} ({group.Id})" : group.Name, n + 1,
                [.. all.Select(month => SpotOf(group.Months.GetValueOrDefault(month)?.Rate))])),
        ];
        linesLeftOut = Math.Max(0, groups.Count - LinesMax);

        originMonths = [.. seen.Origins.Select(month => Texts.ShortMonth(month.Month))];
        layers =
        [
            Layer("customer", 1, static month => month.Customer), Layer("system", 2, static month => month.System),
            Layer("seller", 3, static month => month.Seller), Layer("administrator", 4, static month => month.Administrator),
        ];
        var sum = seen.Reasons.Aggregate(Int128.Zero, static (sum, one) => sum + one.Count);
        reasons =
        [
            .. seen.Reasons.Take(10).Select(one => new ShareBars.Row(
                CancellationsTables.ReasonName(one.Reason, Texts), Texts.Number(one.Count), (double)one.Count / (double)sum)),
        ];

        Series Layer(string origin, int color, Func<Origins, Int128> of) =>
            new(Texts[$"origin.{origin}"], color, [.. seen.Origins.Select(month => new Spot((double)of(month), Texts.Number(of(month))))]);

        Spot SpotOf(decimal? rate) => new((double?)rate * 100, Texts.Share(rate));
    }

    private string Subtitle(CancellationsView seen)
    {
        var zone = shelf!.ZoneOf(ProductId, null);
        var days = Texts["span", Texts.Day(seen.Now.From), Texts.Day(seen.Now.To)];
        var compared = Texts["compared", Texts.Day(seen.Before.From), Texts.Day(seen.Before.To)];
        return $"{days} · {(zone is null ? Texts["zones"] : Texts["zone", zone])} · {compared}";
    }

    private string Lifetime(CancellationFigures of) => of.LtDays is { } days ? Texts["days", Texts.Number(days, 1)] : Wording.None;

    /// <summary>Means of several currencies are shown one by one, because they cannot be added up.</summary>
    private string Value(CancellationFigures of) =>
        of.Ltv is { } amount && of.Currency is { } currency ? Texts.Money(amount, currency)
        : of.ByCurrency.Count == 0 ? Wording.None
        : string.Join(" · ", of.ByCurrency.Select(one => Texts.Money(one.Ltv, one.Currency)));

    private string Decimal(decimal? number) => number is { } known ? Texts.Number(known, 2) : Wording.None;

    private string AddressOf(string? period = null, string? by = null)
    {
        var named = period ?? Period;
        return Navigation.GetUriWithQueryParameters("cancellations", new Dictionary<string, object?>
        {
            ["period"] = named, ["from"] = named is null ? From : null, ["to"] = named is null ? To : null, ["product"] = ProductId,
            ["by"] = by ?? By,
        }).Replace(Navigation.BaseUri, "", StringComparison.Ordinal);
    }

    private string FileOf(string table) => AddressOf().Replace("cancellations", $"cancellations/{table}.csv", StringComparison.Ordinal);

    private void SetFrom(ChangeEventArgs change) => SetDays((string?)change.Value, span is { } old ? Span.Write(old.To) : null);

    private void SetTo(ChangeEventArgs change) => SetDays(span is { } old ? Span.Write(old.From) : null, (string?)change.Value);

    private void SetDays(string? from, string? to) => Go(new() { ["period"] = null, ["from"] = from, ["to"] = to });

    private void SetProduct(ChangeEventArgs change) => Go(new() { ["product"] = (string?)change.Value is { Length: > 0 } id ? id : null });

    private void Go(Dictionary<string, object?> query) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query));
}
