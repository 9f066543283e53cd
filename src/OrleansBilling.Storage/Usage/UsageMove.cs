using System.Data.Common;
using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Usage;

/// <summary>
/// Moves the usage that an older release stored among the other events to its own table: once, in the background, slice by slice, while
/// everything else continues. Nobody waits for it, because reads find usage in either place. After a failure or a restart it resumes
/// where it stopped. It visits only subscriptions that ever recorded usage.
/// </summary>
internal sealed partial class UsageMove(IUsageRows rows, ISettingStore settings, ILogger<UsageMove> logger)
{
    /// <summary>The setting that holds the last moved subscription, or <see cref="Everyone"/> when all usage is moved.</summary>
    internal const string Setting = "usage_moved_to";

    /// <summary>Not a possible id.</summary>
    internal const string Everyone = "*";

    private const int SliceMax = 1_000;
    private bool done;
    private bool failing;

    /// <summary>Moves what is left. Runs in the background loop and survives a failing database.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (done) return;
        try
        {
            await MoveAllAsync(cancellationToken);
            done = true;
        }
        catch (Exception exception) when (exception is JournalUnavailableException or DbException)
        {
            if (!failing) LogFailed(exception);
            failing = true;
        }
    }

    private async Task MoveAllAsync(CancellationToken cancellationToken)
    {
        var moved = await settings.ReadAsync(Setting, cancellationToken) ?? "";
        if (moved == Everyone) return;
        while (await rows.FindNextAsync(moved, cancellationToken) is { } subscriptionId)
        {
            var slices = 0;
            for (long? after = 0; after is { } last; slices++)
                after = await rows.MoveAsync(subscriptionId, last, SliceMax, cancellationToken);
            moved = subscriptionId;
            if (slices > 1) await settings.WriteAsync(Setting, moved, cancellationToken);
        }

        await settings.WriteAsync(Setting, Everyone, cancellationToken);
        LogDone();
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Moving the usage of an older release failed and will be retried; reads still find it.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "All usage is kept apart from the other events.")]
    private partial void LogDone();
}
