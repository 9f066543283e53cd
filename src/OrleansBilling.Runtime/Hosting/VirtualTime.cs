using NodaTime;
using NodaTime.Text;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Documents;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>
/// Moves a virtual clock from due time to due time, so that everything is stamped with its own instant, and does all
/// that falls due on the way, payments and the numbers of documents included. Where the clock stands is durable, so
/// that a restart does not go back
/// in time.
/// </summary>
public sealed class VirtualTime(
    IBillingHost runtime, DocumentNumbering numbering, IDueQueue due, ISettingStore settings, VirtualClock clock,
    TimeProvider time) : IDisposable
{
    /// <summary>Where the clock ends: what is planned from there, years ahead, is still a date.</summary>
    public static readonly Instant Latest = Instant.FromUtc(9900, 1, 1, 0, 0);

    private const string SettingName = "virtual_clock";
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan OthersPollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan OthersTimeout = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim advance = new(1);
    private long savedAt;

    /// <summary>The present instant.</summary>
    public Instant Now => clock.GetCurrentInstant();

    /// <summary>A clock that stands where it was left, or at <paramref name="start"/> on a new installation.</summary>
    public static async Task<VirtualClock> RestoreAsync(ISettingStore settings, Instant start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var saved = await settings.ReadAsync(SettingName, cancellationToken);
        return new VirtualClock(saved is null ? start : InstantPattern.ExtendedIso.Parse(saved).Value);
    }

    /// <summary>
    /// Moves the clock to <paramref name="to"/>. Cut short by an error or a cancellation it stands where it got to, and
    /// may be called again.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> lies in the past.</exception>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task AdvanceAsync(Instant to, CancellationToken cancellationToken)
    {
        await advance.WaitAsync(cancellationToken);
        try
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(to, Now);
            await RunDueToAsync(to, cancellationToken);
            clock.MoveTo(to);
            await SaveAsync(cancellationToken);
            await numbering.DrainAsync(cancellationToken);
        }
        finally
        {
            advance.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => advance.Dispose();

    private async Task RunDueToAsync(Instant to, CancellationToken cancellationToken)
    {
        await runtime.RunDueAsync(cancellationToken);
        var movedAt = time.GetTimestamp();
        while (await due.ReadNextDueAsync(cancellationToken) is { } next && next <= to)
        {
            if (next > Now) clock.MoveTo(next);
            if (time.GetElapsedTime(savedAt) > SaveInterval) await SaveAsync(cancellationToken);
            if (await runtime.RunDueAsync(cancellationToken) > 0) movedAt = time.GetTimestamp();
            else await WaitForOthersAsync(movedAt, cancellationToken);
        }
    }

    /// <summary>What is due and did not move is another process's at the moment, which may just have died.</summary>
    private async Task WaitForOthersAsync(long movedAt, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(movedAt) > OthersTimeout)
            throw new JournalUnavailableException("What is due belongs to another process, which does not do it.");
        await Task.Delay(OthersPollInterval, time, cancellationToken);
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        await settings.WriteAsync(SettingName, InstantPattern.ExtendedIso.Format(Now), cancellationToken);
        savedAt = time.GetTimestamp();
    }
}
