using System.Data.Common;
using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Usage;

/// <summary>
/// Moves the usage that an older program wrote among the other events to where it is kept now: once, in the background,
/// slice by slice, while everything else goes on. Nobody waits for it, since reads find usage in either place; it goes on
/// where it stopped, after a failure as after a restart. Only subscriptions that ever recorded usage are looked at.
/// </summary>
internal sealed partial class UsageMove(IUsageRows rows, ISettingStore settings, ILogger<UsageMove> logger)
{
    /// <summary>The subscription up to which all usage is moved; <see cref="Everyone"/> when that is all.</summary>
    internal const string Setting = "usage_moved_to";

    /// <summary>No id is like it.</summary>
    internal const string Everyone = "*";

    private const int SliceMax = 1_000;
    private bool done;
    private bool failing;

    /// <summary>Moves what is left; the background loop, which outlives every failure.</summary>
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
        Level = LogLevel.Warning, Message = "Usage of an older program was not moved; it is read where it is, and moving is tried again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "All usage is kept apart from the other events.")]
    private partial void LogDone();
}
