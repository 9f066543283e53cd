using System.Globalization;
using OrleansBilling.Client;
using OrleansBilling.Console.Charts;
using OrleansBilling.Console.Words;

namespace OrleansBilling.Console.Figures;

/// <summary>The figures of cancellations as tables. The page shows them, and files contain them.</summary>
public static class CancellationsTables
{
    /// <summary>The rate by month, one row per month and product or plan.</summary>
    public static Table Evolution(CancellationsView view, Shelf shelf, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new Table(
            [
                texts["month"], texts[view.Question.ByPlan ? "plan" : "product"], texts["canceled"], texts["current"], texts["rate"],
                texts["churn-start"],
            ],
            [
                .. view.Monthly.Where(month => month.Current is not null || month.Canceled is not null).Select(month => (Cell[])
                [
                    Month(month.Month, texts), Words(NameOf(month, view, shelf)), Count(month.Canceled ?? 0, texts),
                    Count(month.Current ?? 0, texts), Share(month.Rate, texts), Share(month.ChurnStart, texts),
                ]),
            ]);
    }

    public static Table Origins(CancellationsView view, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new Table(
            [
                texts["month"], texts["origin.customer"], texts["origin.seller"], texts["origin.administrator"], texts["origin.system"],
                texts["canceled"],
            ],
            [
                .. view.Origins.Select(month => (Cell[])
                [
                    Month(month.Month, texts), Count(month.Customer, texts), Count(month.Seller, texts),
                    Count(month.Administrator, texts), Count(month.System, texts), Count(month.Canceled, texts),
                ]),
            ]);
    }

    /// <summary>The days, the newest first, with their sums. What is a state and no movement has no sum.</summary>
    public static Table Daily(CancellationsView view, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(view);
        var days = view.Daily;
        return new Table(
            [
                texts["day"], texts["new"], texts["reactivated"], texts["canceled"], texts["origin.customer"], texts["origin.seller"],
                texts["origin.administrator"], texts["origin.system"], texts["trials-lost"], texts["never-paid"], texts["completed"],
                texts["current"], texts["rate"],
            ],
            [
                .. days.Reverse().Select(day => (Cell[])
                [
                    new Cell(texts.Day(day.Day), Span.Write(day.Day), false), Count(day.New, texts), Count(day.Reactivated, texts),
                    Count(day.Canceled, texts), Count(day.Customer, texts), Count(day.Seller, texts), Count(day.Administrator, texts),
                    Count(day.System, texts), Count(day.TrialsLost, texts), Count(day.NeverPaid, texts), Count(day.Completed, texts),
                    Count(day.Current, texts), Share(day.Rate, texts),
                ]),
            ],
            [
                Words(texts["total"]), Sum(day => day.New), Sum(day => day.Reactivated), Sum(day => day.Canceled),
                Sum(day => day.Customer), Sum(day => day.Seller), Sum(day => day.Administrator), Sum(day => day.System),
                Sum(day => day.TrialsLost), Sum(day => day.NeverPaid), Sum(day => day.Completed), Count(view.Now.Current, texts),
                Share(view.Now.Rate, texts),
            ]);

        Cell Sum(Func<Daily, Int128> of) => Count(days.Aggregate(Int128.Zero, (sum, day) => sum + of(day)), texts);
    }

    public static Table Reasons(CancellationsView view, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(view);
        var all = view.Reasons.Aggregate(Int128.Zero, static (sum, one) => sum + one.Count);
        return new Table(
            [texts["reason"], texts["canceled"], texts["share"]],
            [
                .. view.Reasons.Select(one => (Cell[])
                [
                    new Cell(ReasonName(one.Reason, texts), one.Reason, false), Count(one.Count, texts),
                    Share(all == 0 ? null : (decimal)one.Count / (decimal)all, texts),
                ]),
            ]);
    }

    /// <summary>A reason that has words here, else as its seller calls it.</summary>
    public static string ReasonName(string reason, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var key = $"reason.{reason}";
        return texts.Has(key) ? texts[key] : reason.Replace('_', ' ');
    }

    public static string NameOf(MonthlyCancellations month, CancellationsView view, Shelf shelf)
    {
        ArgumentNullException.ThrowIfNull(month);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(shelf);
        return view.Question.ByPlan ? shelf.PlanName(month.PlanId) : shelf.ProductName(month.ProductId);
    }

    private static Cell Month(string month, Texts texts) => new(texts.Month(month), month, false);

    private static Cell Words(string text) => new(text, text, false);

    private static Cell Count(Int128 count, Texts texts) => new(texts.Number(count), count.ToString(CultureInfo.InvariantCulture), true);

    private static Cell Share(decimal? share, Texts texts) =>
        new(texts.Share(share), share?.ToString("0.######", CultureInfo.InvariantCulture) ?? "", true);
}
