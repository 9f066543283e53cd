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
        var links = batch.Select(pending => pending.Span).OfType<Activity>().Take(LinksMax).Select(span => new ActivityLink(span.Context));
        var span = BillingTelemetry.Activities.StartActivity("billing.batch", ActivityKind.Internal, default(ActivityContext), links: links);
        span?.SetTag("commits", batch.Count);
        return span;
    }
}
