using System.Diagnostics;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Storage.Commits;

/// <summary>The span of a batch. It belongs to no single command, so it links to the spans of its commits.</summary>
internal static class BatchSpan
{
    private const int LinksMax = 32;

    /// <summary>Begins the span; null if nobody listens.</summary>
    public static Activity? Begin(ArraySegment<PendingCommit> batch)
    {
        if (!BillingTelemetry.Activities.HasListeners()) return null;
        var commits = batch.Select(pending => pending.Span).OfType<Activity>().Take(LinksMax);
        var span = BillingTelemetry.Activities.StartActivity(
            "billing.batch", ActivityKind.Internal, default(ActivityContext),
            links: commits.Select(commit => new ActivityLink(commit.Context)));
        span?.SetTag("commits", batch.Count);
        return span;
    }
}
