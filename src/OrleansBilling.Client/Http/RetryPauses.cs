using System.Net;
using System.Security.Cryptography;

namespace OrleansBilling.Client.Http;

/// <summary>How long to wait before the next try.</summary>
internal sealed class RetryPauses(BillingClientOptions options)
{
    private readonly Lock turn = new();
    private readonly Random dice = new(options.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue));

    /// <summary>The pause after a failed connection. It doubles with each try; half of it is random, so that clients spread.</summary>
    public TimeSpan After(int tries)
    {
        var longest = Math.Min(options.FirstPause.TotalMilliseconds * Math.Pow(2, tries - 1), options.PauseMax.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(longest * (0.5 + Roll() / 2));
    }

    /// <summary>The pause after a refusal; null if the next try makes no sense, or only too late.</summary>
    public TimeSpan? After(HttpStatusCode status, TimeSpan? retryAfter, int tries)
    {
        if (status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)) return null;
        if (retryAfter is not { } asked) return After(tries);

        // A little later than asked, so that not all that were refused together come back together.
        return asked > options.RetryAfterMax ? null : asked + options.FirstPause * Roll();
    }

    private double Roll()
    {
        lock (turn) return dice.NextDouble();
    }
}
