using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>
/// The instruments of a billing process, with names and units by OpenTelemetry's conventions (seconds; counted things
/// in braces). They cost next to nothing without a listener. No tag carries an id, a token or personal data.
/// </summary>
public static class BillingTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string SourceName = "OrleansBilling";

    /// <summary>Histogram bounds in seconds, from a cached command to a provider timeout.</summary>
    private static readonly double[] SecondsBounds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

    private static readonly Meter Meter = new(SourceName);

    private static readonly Observed<IEnumerable<PumpAges>> Pumps = new();
    private static readonly Observed<TimeSpan> Certificates = new();
    private static readonly Observed<TimeSpan?> ObservedLists = new();
    private static readonly Observed<TimeSpan> Feeds = new();
    private static readonly Observed<IReadOnlyDictionary<string, int>> Endpoints = new();

    /// <summary>Spans for commands and commits.</summary>
    public static readonly ActivitySource Activities = new(SourceName);

    /// <summary>
    /// Commands by <c>command</c> and <c>result</c> (accepted, replayed, refused, failed, or the code of
    /// <see cref="CommandResult.Unavailable"/>).
    /// </summary>
    public static readonly Counter<long> Commands = Meter.CreateCounter<long>(
        "billing.commands", "{command}", "Commands that came to an end, by command and result.");

    /// <summary>From a command's arrival to its result, including the wait for its turn; by <c>command</c>.</summary>
    public static readonly Histogram<double> CommandDuration = Seconds(
        "billing.command.duration", "From a command's arrival to its result.");

    /// <summary>
    /// Calls to subscriptions by <c>result</c>: answered, again (a silo was lost or slow, so the call is repeated), or the code
    /// with which the caller gave up (unknown, busy, unavailable).
    /// </summary>
    public static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "billing.calls", "{call}", "Calls to subscriptions, by result.");

    /// <summary>Commits by <c>outcome</c> (committed, conflict, unknown, unavailable, refused).</summary>
    public static readonly Counter<long> Commits = Meter.CreateCounter<long>("billing.commits", "{commit}", "Commits by outcome.");

    /// <summary>Commits per written batch.</summary>
    public static readonly Histogram<int> CommitBatchSize = Meter.CreateHistogram(
        "billing.commit.batch.size", "{commit}", "Commits that were written as one.", null,
        new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000] });

    /// <summary>Commits that wait to be written, including those in the batch being written.</summary>
    public static readonly Level CommitsWaiting = new(
        Meter, "billing.commits.waiting", "{commit}", "Commits that wait to be written.");

    /// <summary>Sums that the database refused and that were set aside, by <c>table</c>. Anything but 0 needs an operator.</summary>
    public static readonly Counter<long> SumsSetAside = Meter.CreateCounter<long>(
        "billing.sums.set_aside", "{sum}", "Sums that the database refused and that were set aside, by table.");

    /// <summary>The time from a subscription's due time to its wake.</summary>
    public static readonly Histogram<double> DueLag = Meter.CreateHistogram(
        "billing.due.lag", "s", "How long after its due time a subscription was woken.", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 3_600, 86_400] });

    /// <summary>
    /// The time since the pump of each <c>group</c> last read due work or woke a subscription. More than five seconds needs an
    /// operator.
    /// </summary>
    public static readonly ObservableGauge<double> DueReadAge = Meter.CreateObservableGauge(
        "billing.due.read.age", () => Measure(pump => pump.Read), "s", "Time since a group's due work was last read.");

    /// <summary>How long the oldest due work of each <c>group</c> had waited when the current pass began.</summary>
    public static readonly ObservableGauge<double> DueOldestAge = Meter.CreateObservableGauge(
        "billing.due.oldest.age", () => Measure(pump => pump.OldestDue), "s",
        "Age of a group's oldest due work when it was last read.");

    /// <summary>Woken due subscriptions by <c>result</c> (moved, stuck).</summary>
    public static readonly Counter<long> DueWoken = Meter.CreateCounter<long>(
        "billing.due.woken", "{subscription}", "Due subscriptions that were woken, by result.");

    /// <summary>
    /// Due subscriptions in quarantine in the whole database. Every process reports the same number, so take the
    /// maximum.
    /// </summary>
    public static readonly ObservableGauge<long> Quarantined = Meter.CreateObservableGauge(
        "billing.quarantine", MeasureQuarantine, "{subscription}", "Due subscriptions in quarantine, in the whole database.");

    /// <summary>Due subscriptions put in quarantine, or back in after a retry.</summary>
    public static readonly Counter<long> QuarantineEntries = Meter.CreateCounter<long>(
        "billing.quarantine.entries", "{subscription}", "Due subscriptions that were put in quarantine, or back in after another try.");

    /// <summary>
    /// Calls to the payment provider by <c>kind</c> (charge, refund) and <c>outcome</c>
    /// (succeeded, declined, pending, unknown).
    /// </summary>
    public static readonly Counter<long> ProviderCalls = Meter.CreateCounter<long>(
        "billing.provider.calls", "{call}", "Calls of the payment provider, by kind and outcome.");

    /// <summary>The response time of the payment provider, by <c>kind</c>.</summary>
    public static readonly Histogram<double> ProviderDuration = Seconds(
        "billing.provider.duration", "How long the payment provider takes to answer.");

    /// <summary>Calls to the payment provider that wait or are in flight.</summary>
    public static readonly Level ProviderWaiting = new(
        Meter, "billing.provider.waiting", "{call}", "Calls of the payment provider that wait or are under way.");

    public static readonly Level LiveSubscriptions = new(
        Meter, "billing.subscriptions.live", "{subscription}", "Subscriptions in memory.");

    /// <summary>How long the certificate is still valid that this process shows to other processes of the cluster.</summary>
    public static readonly ObservableGauge<double> CertificateRemaining = Meter.CreateObservableGauge(
        "billing.tls.certificate.remaining", MeasureCertificates, "s", "How long the process's certificate is still valid.");

    /// <summary>How far the lists trail the commits. Reported by the silo that keeps them.</summary>
    public static readonly ObservableGauge<double> ListsBehind = Meter.CreateObservableGauge(
        "billing.lists.behind", MeasureLists, "s", "How long ago the lists were last complete.");

    /// <summary>
    /// The time since committed events were last given their places in the feed, or none waited for one. Every process does it, so take the
    /// minimum. Webhooks and mail follow the feed: none is sent while it stands still. SQLite gives places with the commit and reports
    /// nothing.
    /// </summary>
    public static readonly ObservableGauge<double> FeedAge = Meter.CreateObservableGauge(
        "billing.feed.age", MeasureFeeds, "s", "Time since events were last given their places in the feed, or none waited.");

    /// <summary>
    /// Attempts to send an event to an endpoint, by <c>outcome</c>: taken, refused (another status than 2xx), unanswered, unsent (through a
    /// fault of this installation).
    /// </summary>
    public static readonly Counter<long> WebhookAttempts = Meter.CreateCounter<long>(
        "billing.webhook.attempts", "{attempt}", "Attempts to send an event to an endpoint, by outcome.");

    /// <summary>Endpoints that were disabled because they failed for days or want nothing more, by <c>reason</c>.</summary>
    public static readonly Counter<long> WebhookEndpointsDisabled = Meter.CreateCounter<long>(
        "billing.webhook.endpoints.disabled", "{endpoint}", "Endpoints that were disabled by themselves, by reason.");

    /// <summary>
    /// The endpoints that a process sends to, by <c>state</c>: live (gets events as they happen), behind (reads what it missed), failing.
    /// </summary>
    public static readonly ObservableGauge<long> WebhookEndpoints = Meter.CreateObservableGauge(
        "billing.webhook.endpoints", MeasureEndpoints, "{endpoint}", "Endpoints that are sent to, by state.");

    /// <summary>Adds what gives places in the feed to the gauge until the result is disposed.</summary>
    public static IDisposable ObserveFeed(Func<TimeSpan> age) => Feeds.Add(age);

    /// <summary>Adds the endpoints of a process to the gauge, counted by state, until the result is disposed.</summary>
    public static IDisposable ObserveEndpoints(Func<IReadOnlyDictionary<string, int>> count) => Endpoints.Add(count);

    /// <summary>Adds the pumps of a silo to the gauges until the result is disposed.</summary>
    internal static IDisposable ObservePumps(Func<IEnumerable<PumpAges>> read) => Pumps.Add(read);

    /// <summary>Adds a certificate of the process to the gauge until the result is disposed.</summary>
    internal static IDisposable ObserveCertificate(Func<TimeSpan> remaining) => Certificates.Add(remaining);

    /// <summary>Adds what keeps the lists to the gauge until the result is disposed; null while another process does.</summary>
    internal static IDisposable ObserveLists(Func<TimeSpan?> behind) => ObservedLists.Add(behind);

    private static IEnumerable<Measurement<long>> MeasureQuarantine() =>
        from pumps in Pumps.Read()
        let seen = pumps.Select(pump => pump.Quarantined).DefaultIfEmpty(0).Max()
        select new Measurement<long>(seen);

    private static IEnumerable<Measurement<double>> MeasureCertificates() =>
        from remaining in Certificates.Read() select new Measurement<double>(remaining.TotalSeconds);

    private static IEnumerable<Measurement<double>> MeasureLists() =>
        from behind in ObservedLists.Read()
        where behind is not null
        select new Measurement<double>(behind.Value.TotalSeconds);

    private static IEnumerable<Measurement<double>> MeasureFeeds() =>
        from age in Feeds.Read() select new Measurement<double>(age.TotalSeconds);

    private static IEnumerable<Measurement<long>> MeasureEndpoints() =>
        from counts in Endpoints.Read()
        from count in counts
        select new Measurement<long>(count.Value, new KeyValuePair<string, object?>("state", count.Key));

    private static IEnumerable<Measurement<double>> Measure(Func<PumpAges, TimeSpan> age) =>
        from pumps in Pumps.Read()
        from pump in pumps
        select new Measurement<double>(age(pump).TotalSeconds, new KeyValuePair<string, object?>("group", pump.Group));

    /// <summary>Records the time since <paramref name="startedAt"/> if there is a listener.</summary>
    internal static void RecordSince(this Histogram<double> histogram, TimeProvider time, long startedAt, KeyValuePair<string, object?> tag)
    {
        if (histogram.Enabled) histogram.Record(time.GetElapsedTime(startedAt).TotalSeconds, tag);
    }

    private static Histogram<double> Seconds(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = SecondsBounds });
}
