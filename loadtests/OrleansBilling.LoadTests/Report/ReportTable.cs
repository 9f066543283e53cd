namespace OrleansBilling.LoadTests.Report;

/// <summary>A table of a report; columns named with a leading <c>&gt;</c> are aligned to the right.</summary>
internal sealed record ReportTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
