using System.Diagnostics.Metrics;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>How the due pump of a group is doing.</summary>
/// <param name="ReadAge">The time since it last read due work.</param>
/// <param name="OldestDueAge">How long the oldest due work had waited by then.</param>
internal readonly record struct DueGroupFigures(int Group, TimeSpan ReadAge, TimeSpan OldestDueAge)
{
    public static Measurement<double> OfRead(DueGroupFigures figures) => new(figures.ReadAge.TotalSeconds, Tag(figures.Group));

    public static Measurement<double> OfDue(DueGroupFigures figures) => new(figures.OldestDueAge.TotalSeconds, Tag(figures.Group));

    private static KeyValuePair<string, object?> Tag(int group) => new("group", group);
}
