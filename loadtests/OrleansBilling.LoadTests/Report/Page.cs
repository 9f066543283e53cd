using System.Net;
using System.Text;

namespace OrleansBilling.LoadTests.Report;

/// <summary>A report as one self-contained HTML page: inline style, no scripts, no external resources.</summary>
internal static class Page
{
    private const string Style =
        """
        :root {
          color-scheme: light dark; --ink: #1d2330; --quiet: #667085; --line: #d7dce5; --back: #ffffff;
          --s0: #2457d6; --s1: #d9480f; --s2: #0f8a5f; --s3: #8a3ffc;
        }
        @media (prefers-color-scheme: dark) { :root {
          --ink: #e6e9f0; --quiet: #98a2b3; --line: #333b4d; --back: #12161f;
          --s0: #7aa2ff; --s1: #ff9a5c; --s2: #4fd1a1; --s3: #c3a3ff;
        } }
        body {
          font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back);
          max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
        }
        h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
        p.lead { color: var(--quiet); margin: .25rem 0 0; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th { text-align: left; color: var(--quiet); font-weight: 500; }
        th, td { padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; } .right { text-align: right; }
        .bad { color: var(--s1); font-weight: 600; } figure { margin: 0; overflow-x: auto; }
        svg { width: 100%; height: auto; min-width: 36rem; }
        svg text { font: 12px system-ui, sans-serif; fill: var(--quiet); } svg .grid { stroke: var(--line); }
        svg path { fill: none; stroke-width: 1.5; }
        .s0 { stroke: var(--s0); } .s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); } .s3 { stroke: var(--s3); }
        circle.s0 { fill: var(--s0); } circle.s1 { fill: var(--s1); } circle.s2 { fill: var(--s2); } circle.s3 { fill: var(--s3); }
        .bar span { display: inline-block; width: 12rem; text-align: right; padding-right: .6rem; color: var(--quiet); }
        .bar i { display: inline-block; height: .9rem; background: var(--s0); }
        """;

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    public static string Write(RunReport report)
    {
        var verdict = report.Ok ? "the audit passed" : "THE AUDIT FAILED";
        var lead = Numbers.Invariant($"{report.Description}. {report.StartedAt:u}; {verdict}.");
        var body = new StringBuilder();
        foreach (var chart in report.Charts) body.Append($"<h2>{Text(chart.Title)}</h2>\n<figure>{chart.Draw()}</figure>\n");
        foreach (var table in report.AllTables) Append(body, table);
        return Frame(report.Title, lead, body.ToString());
    }

    /// <summary>Appends a table. Highlights cells that say NO.</summary>
    private static void Append(StringBuilder body, ReportTable table)
    {
        var columns = table.Columns;
        body.Append($"<h2>{Text(table.Title)}</h2>\n<table>\n<tr>");
        foreach (var column in columns) body.Append($"<th{Class(column, null)}>{Text(column.TrimStart('>'))}</th>");
        body.Append("</tr>\n");
        foreach (var row in table.Rows)
        {
            body.Append("<tr>");
            for (var n = 0; n < columns.Count; n++) body.Append($"<td{Class(columns[n], row[n].Text)}>{Text(row[n].Text)}</td>");
            body.Append("</tr>\n");
        }

        body.Append("</table>\n");
    }

    private static string Frame(string title, string lead, string body) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <h1>{Text(title)}</h1>
        <p class="lead">{Text(lead)}</p>
        {body}</body>
        </html>

        """;

    private static string Class(string column, string? cell) =>
        cell == "NO" ? " class=\"bad\"" : column.StartsWith('>') ? " class=\"right\"" : "";
}
