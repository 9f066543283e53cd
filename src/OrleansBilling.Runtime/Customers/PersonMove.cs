using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Customers;

/// <summary>
/// Moves personal data out of the subscriptions, events and messages of an older release. First the customers that they name are made,
/// in the background and beside programs of that release. Once none of those runs any more, the mail addresses are removed there. How far
/// it came is a setting, so another process can continue; two at a time do no harm.
/// </summary>
public sealed partial class PersonMove : IDisposable
{
    /// <summary>The setting that holds the last subscription whose customer is made, or <see cref="Everyone"/>.</summary>
    public const string MadeSetting = "customers_made_to";

    /// <summary>The setting that holds the last subscription without a mail address, or <see cref="Everyone"/>.</summary>
    public const string MovedSetting = "persons_moved_to";

    /// <summary>The setting that holds the last subscription whose texts are in rows of their own, or <see cref="Everyone"/>.</summary>
    public const string TextsSetting = "texts_moved_to";

    /// <summary>Not a possible id.</summary>
    public const string Everyone = "*";

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(10);

    private readonly ICustomerStore customers;
    private readonly CustomerFinder finder;
    private readonly IPersonRows rows;
    private readonly ISubscriptionDirectory directory;
    private readonly ISettingStore settings;
    private readonly ILogger<PersonMove> logger;
    private readonly BackgroundWork work;

    /// <param name="customers">Where personal data goes.</param>
    /// <param name="finder">Reads the customers from subscriptions.</param>
    /// <param name="rows">Where personal data was.</param>
    /// <param name="directory">All subscriptions.</param>
    /// <param name="settings">How far it came.</param>
    /// <param name="alone">Whether no program of an older release can run beside this one, so that all can be moved at once.</param>
    /// <param name="time">Operational time.</param>
    /// <param name="logger">Gets the number of changed rows, and rows that cannot be read.</param>
    public PersonMove(
        ICustomerStore customers, CustomerFinder finder, IPersonRows rows, ISubscriptionDirectory directory, ISettingStore settings,
        bool alone, TimeProvider time, ILogger<PersonMove> logger)
    {
        (this.customers, this.finder, this.rows) = (customers, finder, rows);
        (this.directory, this.settings, this.logger) = (directory, settings, logger);
        work = new BackgroundWork("The making of customers", stopping => RunAsync(alone, stopping), TryAgain, time, logger);
    }

    public void Start() => work.Start();

    /// <summary>Ends the loop. What was not done is done at the next start.</summary>
    public Task StopAsync() => work.StopAsync();

    /// <inheritdoc/>
    public void Dispose() => work.Dispose();

    /// <summary>Makes the customers that subscriptions name and that are missing.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public Task MakeAsync(CancellationToken cancellationToken) => ForAllAsync(
        MadeSetting,
        async (page, _) => await customers.AddNamedAsync(await finder.NamedByAsync(page, cancellationToken), cancellationToken),
        cancellationToken);

    /// <summary>
    /// Makes the customers that are missing, then removes the mail addresses and the texts of commands from the rows of an older release.
    /// Only for when no program of that release runs any more: it would not find them, and would store others.
    /// </summary>
    /// <returns>How many rows held one.</returns>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task<int> MoveAsync(CancellationToken cancellationToken)
    {
        var moved = await MoveAddressesAsync(cancellationToken) + await MoveTextsAsync(cancellationToken);
        if (moved > 0) LogMoved(moved);
        return moved;
    }

    private async Task<int> MoveAddressesAsync(CancellationToken cancellationToken)
    {
        if (await settings.ReadAsync(MovedSetting, cancellationToken) == Everyone) return 0;
        var moved = await MoveMessagesAsync(cancellationToken);
        await ForAllAsync(
            MovedSetting,
            async (page, after) =>
            {
                await customers.AddNamedAsync(await finder.NamedByAsync(page, cancellationToken), cancellationToken);
                moved += await ReplaceAsync(await rows.FindAsync(after, page[^1].SubscriptionId, cancellationToken), cancellationToken);
            },
            cancellationToken);
        return moved;
    }

    private async Task<int> MoveTextsAsync(CancellationToken cancellationToken)
    {
        var moved = 0;
        await ForAllAsync(
            TextsSetting,
            async (page, after) =>
            {
                var old = new OldTexts();
                foreach (var row in await rows.FindTextsAsync(after, page[^1].SubscriptionId, cancellationToken)) Read(row, old);
                if (old.Changed.Count > 0) await rows.MoveTextsAsync(old.Texts, old.Changed, cancellationToken);
                moved += old.Changed.Count;
            },
            cancellationToken);
        return moved;
    }

    private async Task<TimeSpan?> RunAsync(bool alone, CancellationToken stopping)
    {
        await MakeAsync(stopping);
        if (alone) await MoveAsync(stopping);
        return null;
    }

    private async Task ForAllAsync(
        string setting, Func<IReadOnlyList<StoredSubscription>, string?, Task> handleAsync, CancellationToken cancellationToken)
    {
        for (; ;)
        {
            var after = await settings.ReadAsync(setting, cancellationToken);
            if (after == Everyone) return;
            var page = await directory.ListAsync(new DirectoryFilter(), after, ICustomerStore.BatchMax, cancellationToken);
            if (page.Count > 0) await handleAsync(page, after);
            await settings.WriteAsync(setting, page.Count == 0 ? Everyone : page[^1].SubscriptionId, cancellationToken);
        }
    }

    private async Task<int> MoveMessagesAsync(CancellationToken cancellationToken)
    {
        var moved = 0;
        for (long after = 0; await rows.FindMessagesAsync(after, ICustomerStore.BatchMax, cancellationToken) is { Count: > 0 } page;)
        {
            moved += await ReplaceAsync(page, cancellationToken);
            after = page[^1].Number;
        }

        return moved;
    }

    /// <summary>Removes the mail addresses of those customers whose own row has one, or was edited since. Others keep theirs.</summary>
    private async Task<int> ReplaceAsync(IReadOnlyList<PersonRow> found, CancellationToken cancellationToken)
    {
        var changed = new List<PersonRow>();
        foreach (var batch in found.Chunk(ICustomerStore.BatchMax))
        {
            var read = batch.Select(Read).ToList();
            var ids = read.Select(one => one.CustomerId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            var settled = (await customers.FindAsync(ids, cancellationToken))
                .Where(customer => customer.Email is not null || customer.Revision > 1)
                .Select(customer => customer.Id).ToHashSet(StringComparer.Ordinal);
            changed.AddRange(read.Where(one => one.CustomerId is { } id && settled.Contains(id)).Select(one => one.Without));
        }

        if (changed.Count > 0) await rows.ReplaceAsync(changed, cancellationToken);
        return changed.Count;
    }

    /// <summary>The customer and the row without the mail address; no customer if it holds none, or cannot be read.</summary>
    private (string? CustomerId, PersonRow Without) Read(PersonRow row)
    {
        try
        {
            var json = JsonNode.Parse(row.Data) as JsonObject;
            var owner = row.Place is PersonPlace.Snapshot or PersonPlace.Checkpoint ? json?["state"] as JsonObject : json;
            return owner?["customer"] is JsonObject customer && customer.Remove("email")
                ? ((string?)customer["id"], row with { Data = Encoding.UTF8.GetBytes(json!.ToJsonString()) })
                : (null, row);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            LogUnreadable(e, row.SubscriptionId);
            return (null, row);
        }
    }

    private void Read(PersonRow row, OldTexts texts)
    {
        try
        {
            texts.Add(row);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            LogUnreadable(e, row.SubscriptionId);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Personal data was moved out of {Rows} rows of an older release.")]
    private partial void LogMoved(int rows);

    [LoggerMessage(Level = LogLevel.Error, Message = "A row of subscription '{SubscriptionId}' cannot be read and stays as it is.")]
    private partial void LogUnreadable(Exception exception, string subscriptionId);
}
