using NodaTime;
using NodaTime.Text;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Documents;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>
/// Moves a virtual clock from due time to due time, so that everything is stamped with its own instant. On
/// the way it does all due work, including payments and document numbers. The clock's position is durable,
/// so a restart does not go back in time.
/// </summary>
public sealed class VirtualTime(
    IBillingHost runtime, DocumentNumbering numbering, IDueQueue due, ISettingStore settings, VirtualClock clock,
    TimeProvider time) : IDisposable
{
    /// <summary>The latest instant of the clock. Plans made then, years ahead, are still valid dates.</summary>
    public static readonly Instant Latest = Instant.FromUtc(9900, 1, 1, 0, 0);

    private const string SettingName = "virtual_clock";
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan OthersPollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan OthersTimeout = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim advance = new(1);
    private long savedAt;

    public Instant Now => clock.GetCurrentInstant();

    /// <summary>Restores the clock to its last position, or to <paramref name="start"/> on a new installation.</summary>
    public static async Task<VirtualClock> RestoreAsync(ISettingStore settings, Instant start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var saved = await settings.ReadAsync(SettingName, cancellationToken);
        return new VirtualClock(saved is null ? start : InstantPattern.ExtendedIso.Parse(saved).Value);
    }

    /// <summary>
    /// Moves the clock to <paramref name="to"/>. After an error or a cancellation the clock stays where it
    /// got to, and the call can be repeated.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is in the past.</exception>
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

    /// <summary>Due work that did not move belongs to another process at the moment, which may just have died.</summary>
    private async Task WaitForOthersAsync(long movedAt, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(movedAt) > OthersTimeout)
            throw new JournalUnavailableException("The remaining due work belongs to another process, which does not do it.");
        await Task.Delay(OthersPollInterval, time, cancellationToken);
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        await settings.WriteAsync(SettingName, InstantPattern.ExtendedIso.Format(Now), cancellationToken);
        savedAt = time.GetTimestamp();
    }
}
