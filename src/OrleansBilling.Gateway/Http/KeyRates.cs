using System.Globalization;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Limits;
using OrleansBilling.Runtime.Rehearsal;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// The rate limit of each API key, off unless it is set. A request above it gets 429 and hears when to come back; a stream is read more
/// slowly instead, a line at a time. The headers are those of the IETF draft "RateLimit header fields for HTTP".
/// </summary>
internal sealed class KeyRates
{
    public const string LimitName = "RateLimit";
    public const string PolicyName = "RateLimit-Policy";

    private const int KeysMax = 100_000;

    /// <summary>The key of the settings, which is not stored, so has no id.</summary>
    private const string ConfiguredKey = "configured";

    private readonly RateLimit<string>? limit;
    private readonly Readiness readiness;
    private readonly TimeProvider time;
    private readonly string policy = "";

    public KeyRates(EdgeLimits limits, Readiness readiness, TimeProvider time)
    {
        this.readiness = readiness;
        this.time = time;
        if (limits.RequestsPerSecond == 0) return;
        limit = new RateLimit<string>(limits.RequestsPerSecond, limits.RequestsBurst, KeysMax, time);
        policy = string.Create(CultureInfo.InvariantCulture, $"\"key\";q={limits.RequestsBurst};w={WholeSeconds(limit.Window)}");
    }

    /// <summary>
    /// Counts a request and sets its headers. Returns the error if there were too many. Before the process is ready, it sends requests
    /// to itself, which do not count.
    /// </summary>
    public ApiError? Count(HttpResponse response, in Authentication caller)
    {
        if (limit is null || !readiness.IsWarm) return null;
        var verdict = limit.Take(Name(caller));
        response.Headers[PolicyName] = policy;
        response.Headers[LimitName] = string.Create(
            CultureInfo.InvariantCulture, $"\"key\";r={verdict.Remaining};t={WholeSeconds(verdict.UntilWhole)}");
        return verdict.IsAllowed
            ? null
            : new ApiError(
                429, "rate_limited", "This key makes more requests per second than it may.", null,
                RetryAfterSeconds: WholeSeconds(verdict.RetryAfter));
    }

    /// <summary>Sets the header of a stream, and counts its lines. Null if there is no limit.</summary>
    public LinePace? PaceOf(HttpResponse response, in Authentication caller)
    {
        if (limit is null) return null;
        response.Headers[PolicyName] = policy;
        return new LinePace(limit, Name(caller), time);
    }

    /// <summary>A session counts as the key that it comes from, or as its link.</summary>
    private static string Name(in Authentication caller) =>
        (caller.Key is { Kind: KeyKind.Session } session ? session.MadeBy : caller.Key?.Id) ?? ConfiguredKey;

    private static int WholeSeconds(TimeSpan span) => Math.Max(1, (int)Math.Ceiling(span.TotalSeconds));
}

/// <summary>Holds a stream back so that its key stays within its rate.</summary>
internal sealed class LinePace(RateLimit<string> limit, string key, TimeProvider time)
{
    /// <summary>Counts a line and waits until it may run. When the server stops, it no longer waits.</summary>
    public async ValueTask WaitAsync(CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested) return;
        var wait = limit.Reserve(key);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
