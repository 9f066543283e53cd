using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Customers;

/// <summary>
/// Moves personal data out of the subscriptions, events and messages of an older release: makes the customers that they name, then
/// removes the mail addresses there. It runs once, in the background. How far it came is a setting, so another process can continue;
/// two at a time do no harm. A pass that found something is followed by another one, because programs of before may still run.
/// </summary>
public sealed partial class PersonMove : IDisposable
{
    /// <summary>The setting that holds the last subscription, or <see cref="Everyone"/> when nothing is left.</summary>
    private const string Setting = "persons_moved_to";

    /// <summary>Not a possible id.</summary>
    private const string Everyone = "*";

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(10);

    private readonly ICustomerStore customers;
    private readonly IPersonRows rows;
    private readonly ISubscriptionDirectory directory;
    private readonly ISettingStore settings;
    private readonly SubscriptionReader reader;
    private readonly ILogger<PersonMove> logger;
    private readonly BackgroundWork work;

    public PersonMove(
        ICustomerStore customers, IPersonRows rows, ISubscriptionDirectory directory, ISettingStore settings, SubscriptionReader reader,
        TimeProvider time, ILogger<PersonMove> logger)
    {
        (this.customers, this.rows, this.directory) = (customers, rows, directory);
        (this.settings, this.reader, this.logger) = (settings, reader, logger);
        work = new BackgroundWork("The moving of personal data", RunAsync, TryAgain, time, logger);
    }

    public void Start() => work.Start();

    /// <summary>Ends the loop. What was not moved is moved at the next start.</summary>
    public Task StopAsync() => work.StopAsync();

    /// <inheritdoc/>
    public void Dispose() => work.Dispose();

    /// <summary>Moves everything that is left.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task MoveAsync(CancellationToken cancellationToken)
    {
        var moved = 0;
        for (int inPass; await settings.ReadAsync(Setting, cancellationToken) != Everyone; moved += inPass)
        {
            inPass = await PassAsync(cancellationToken) + await MoveMessagesAsync(cancellationToken);
            await settings.WriteAsync(Setting, inPass == 0 ? Everyone : "", cancellationToken);
        }

        if (moved > 0) LogDone(moved);
    }

    /// <summary>The customer as a subscription names it.</summary>
    public static NamedCustomer NamedBy(SubscriptionView sold)
    {
        ArgumentNullException.ThrowIfNull(sold);
        var (state, terms) = (sold.State, sold.Terms);
        return new NamedCustomer(
            state.Customer.Id, terms.Product.SellerId, state.Customer.Email, state.Customer.Country, state.CreatedAt);
    }

    private async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        await MoveAsync(stopping);
        return null;
    }

    /// <summary>Goes on where the last pass stopped. Returns how many rows it changed.</summary>
    private async Task<int> PassAsync(CancellationToken cancellationToken)
    {
        for (var moved = 0; ;)
        {
            var after = await settings.ReadAsync(Setting, cancellationToken);
            if (after == Everyone) return moved;
            var page = await directory.ListAsync(new DirectoryFilter(), after, ICustomerStore.BatchMax, cancellationToken);
            if (page.Count == 0) return moved;
            await customers.AddNamedAsync(await ReadAsync(page, cancellationToken), cancellationToken);
            moved += await ReplaceAsync(await rows.FindAsync(after, page[^1].SubscriptionId, cancellationToken), cancellationToken);
            await settings.WriteAsync(Setting, page[^1].SubscriptionId, cancellationToken);
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

    /// <summary>Removes the mail addresses. Their customers have them by now.</summary>
    private async Task<int> ReplaceAsync(IReadOnlyList<PersonRow> found, CancellationToken cancellationToken)
    {
        var changed = found.Select(WithoutPerson).OfType<PersonRow>().ToList();
        if (changed.Count > 0) await rows.ReplaceAsync(changed, cancellationToken);
        return changed.Count;
    }

    /// <summary>Null if the row holds nothing of a person, or cannot be read; a damaged one must not hold up the others.</summary>
    private PersonRow? WithoutPerson(PersonRow row)
    {
        try
        {
            var json = JsonNode.Parse(row.Data) as JsonObject;
            var owner = row.Place is PersonPlace.Snapshot or PersonPlace.Checkpoint ? json?["state"] as JsonObject : json;
            return owner?["customer"] is JsonObject customer && customer.Remove("email")
                ? row with { Data = Encoding.UTF8.GetBytes(json!.ToJsonString()) }
                : null;
        }
        catch (JsonException e)
        {
            LogUnreadable(e, row.SubscriptionId);
            return null;
        }
    }

    private async ValueTask<List<NamedCustomer>> ReadAsync(IReadOnlyList<StoredSubscription> page, CancellationToken cancellationToken)
    {
        var named = new List<NamedCustomer>(page.Count);
        foreach (var stored in page)
        {
            try
            {
                named.Add(NamedBy(await reader.DecodeAsync(stored, cancellationToken)));
            }
            catch (Exception e) when (e is not (JournalUnavailableException or OperationCanceledException))
            {
                LogUnreadable(e, stored.SubscriptionId);
            }
        }

        return named;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Personal data was moved out of {Rows} rows of an older release.")]
    private partial void LogDone(int rows);

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription '{SubscriptionId}' cannot be read, so its customer is not moved.")]
    private partial void LogUnreadable(Exception exception, string subscriptionId);
}
