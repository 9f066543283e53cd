using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.Enrichment;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>
/// Adds to every line of the JSON log who wrote it: process id, role, version, and the request and the trace if there are any.
/// </summary>
/// <param name="role">The role of the process.</param>
/// <param name="version">The version of the program.</param>
internal sealed class LogFacts(string role, string version) : IStaticLogEnricher, ILogEnricher
{
    void IStaticLogEnricher.Enrich(IEnrichmentTagCollector collector)
    {
        collector.Add("process", Environment.ProcessId);
        collector.Add("role", role);
        collector.Add("version", version);
    }

    void ILogEnricher.Enrich(IEnrichmentTagCollector collector)
    {
        if (RequestScope.Id is { } request) collector.Add("request_id", request);
        if (Activity.Current is { } span) collector.Add("trace_id", span.TraceId.ToHexString());
    }
}
