using System.Diagnostics;
using OrleansBilling.LoadTests.Report;
using Spectre.Console;

namespace OrleansBilling.LoadTests.Output;

/// <summary>
/// Shows results: with colors and progress bars on a terminal, as plain lines when output is redirected, so that logs stay
/// readable.
/// </summary>
internal static class Screen
{
    private const int PlainProgressLines = 10;
    private static readonly TimeSpan PlainLiveInterval = TimeSpan.FromSeconds(5);

    private static bool Plain => System.Console.IsOutputRedirected;

    public static void Line(string text) => System.Console.Out.WriteLine(text);

    /// <summary>Shows a report, writes it to the directory if one is given, and returns the exit code.</summary>
    public static async Task<int> ShowAsync(RunReport report, string? directory, CancellationToken cancellationToken)
    {
        foreach (var table in report.AllTables) Table(table);
        if (directory is not null) Line($"report: {await ReportFiles.WriteAsync(directory, report, cancellationToken)}");
        return report.Ok ? ExitCode.Done : ExitCode.Failed;
    }

    public static void Table(ReportTable table) =>
        Table(table.Title, table.Columns, [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell => cell.Text)])]);

    /// <summary>Shows a table. Columns whose name starts with <c>&gt;</c> are right-aligned.</summary>
    public static void Table(string title, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        Line("");
        if (Plain || !Fits(columns, rows))
        {
            foreach (var line in PlainTable.Format(title, columns, rows)) Line(line);
            return;
        }

        var table = new Table { Title = new TableTitle(Markup.Escape(title)) };
        for (var n = 0; n < columns.Count; n++)
        {
            // On a narrow terminal only the last column wraps.
            var column = new TableColumn(Markup.Escape(columns[n].TrimStart('>'))) { NoWrap = n < columns.Count - 1 };
            table.AddColumn(columns[n].StartsWith('>') ? column.RightAligned() : column);
        }

        foreach (var row in rows) table.AddRow([.. row.Select(cell => Markup.Escape(cell))]);
        AnsiConsole.Write(table);
    }

    /// <summary>Whether the terminal is wide enough for all columns but the last, which can wrap.</summary>
    private static bool Fits(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        const int BorderEach = 3;
        const int LastMin = 16;
        var width = LastMin;
        for (var n = 0; n < columns.Count - 1; n++) width += BorderEach + rows.Select(row => row[n].Length).Append(columns[n].Length).Max();
        return width <= AnsiConsole.Profile.Width;
    }

    /// <summary>Shows the progress of <paramref name="work"/>, which reports the number done.</summary>
    public static async Task ProgressAsync(string what, int total, Func<Action<int>, Task> work)
    {
        if (Plain)
        {
            var shown = 0;
            await work(done =>
            {
                var tenth = done * PlainProgressLines / total;
                if (tenth > shown) Line($"{what}: {done} of {total}");
                shown = Math.Max(shown, tenth);
            });
            return;
        }

        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(what), maxValue: total);
                await work(done => bar.Value = done);
            });
    }

    /// <summary>Shows one line that <paramref name="work"/> keeps updating.</summary>
    public static async Task LiveAsync(string what, Func<Action<string>, Task> work)
    {
        if (Plain)
        {
            var shownAt = Stopwatch.GetTimestamp();
            await work(text =>
            {
                if (Stopwatch.GetElapsedTime(shownAt) < PlainLiveInterval) return;
                shownAt = Stopwatch.GetTimestamp();
                Line($"{what}: {text}");
            });
            return;
        }

        await AnsiConsole.Status()
            .StartAsync(Markup.Escape(what), context => work(text => context.Status = Markup.Escape($"{what}: {text}")));
    }
}
