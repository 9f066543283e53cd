using OrleansBilling.Client;
using OrleansBilling.Console.Charts;
using OrleansBilling.Console.Words;

namespace OrleansBilling.Console.Figures;

/// <summary>The figures of the first page as tables.</summary>
public static class HomeTables
{
    /// <summary>The movements that a chart shows, each with the number of its color.</summary>
    public static readonly IReadOnlyList<(string Name, int Color, Func<RevenueMovements, Int128> Of)> Movements =
    [
        ("new", 1, static month => month.New),
        ("reactivation", 7, static month => month.Reactivation),
        ("expansion", 4, static month => month.Expansion),
        ("resumed", 3, static month => month.Resumed),
        ("contraction", 6, static month => month.Contraction),
        ("paused", 8, static month => month.Paused),
        ("completed", 5, static month => month.Completed),
        ("churn", 2, static month => month.Churn),
    ];

    public static Table MovementTable(HomeView view, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new Table(
            [
                texts["month"], texts["currency"], texts["mrr.start"], .. Movements.Select(one => texts[$"mrr.{one.Name}"]),
                texts["mrr.end"],
            ],
            [
                .. view.Movements.Select(month => (Cell[])
                [
                    new Cell(texts.Month(month.Month), month.Month, false), new Cell(month.Currency, month.Currency, false),
                    Money(month.Start, month.Currency, texts),
                    .. Movements.Select(one => Money(one.Of(month), month.Currency, texts)), Money(month.End, month.Currency, texts),
                ]),
            ]);
    }

    public static Table ForecastTable(HomeView view, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new Table(
            [texts["month"], texts["currency"], texts["forecast.contracted"], texts["forecast.expected"]],
            [
                .. view.Forecast.Data.Select(month => (Cell[])
                [
                    new Cell(texts.Month(month.Month), month.Month, false), new Cell(month.Currency, month.Currency, false),
                    Money(month.Contracted, month.Currency, texts), Money(month.Expected, month.Currency, texts),
                ]),
            ]);
    }

    private static Cell Money(Int128 amount, string currency, Texts texts) =>
        new(texts.Money(amount, currency), Wording.Plain(amount, currency), true);
}
