using System.Globalization;
using Microsoft.Extensions.Logging;
using NodaTime;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Customers;

/// <summary>
/// Makes the names that an older release stored findable, in the background. How far it came is a setting, so another process can continue;
/// two at a time do no harm.
/// </summary>
public sealed class NameFill : IDisposable
{
    /// <summary>The setting that holds the last customer whose name is done, or <see cref="Everyone"/>.</summary>
    public const string Setting = "customer_words_to";

    /// <summary>Not a possible place.</summary>
    public const string Everyone = "*";

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(10);

    private readonly ICustomerStore customers;
    private readonly ISettingStore settings;
    private readonly BackgroundWork work;

    /// <param name="customers">The names, and the words by which they are found.</param>
    /// <param name="settings">How far it came.</param>
    /// <param name="time">Operational time.</param>
    /// <param name="logger">Gets failures.</param>
    public NameFill(ICustomerStore customers, ISettingStore settings, TimeProvider time, ILogger<NameFill> logger)
    {
        (this.customers, this.settings) = (customers, settings);
        work = new BackgroundWork("The filling of names", RunAsync, TryAgain, time, logger);
    }

    public void Start() => work.Start();

    /// <summary>Ends the loop. What was not done is done at the next start.</summary>
    public Task StopAsync() => work.StopAsync();

    /// <inheritdoc/>
    public void Dispose() => work.Dispose();

    /// <summary>Does what is left to do. The newest customers come first.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        for (; ;)
        {
            var reached = await settings.ReadAsync(Setting, cancellationToken);
            if (reached == Everyone) return;
            var page = await customers.ListAsync(
                new CustomerFilter(), PlaceOf(reached), ICustomerStore.BatchMax, cancellationToken);
            var named = page.Where(customer => customer.Name is not null).ToList();
            if (named.Count > 0) await customers.AddWordsAsync(named, cancellationToken);
            await settings.WriteAsync(Setting, page.Count == 0 ? Everyone : TextOf(page[^1]), cancellationToken);
        }
    }

    private async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        await FillAsync(stopping);
        return null;
    }

    private static string TextOf(CustomerProfile customer) =>
        string.Create(CultureInfo.InvariantCulture, $"{customer.CreatedAt.ToUnixTimeTicks()}/{customer.Id}");

    /// <summary>Ids have no slash.</summary>
    private static CustomerPlace? PlaceOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var ticks = long.Parse(text.AsSpan(0, slash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return new CustomerPlace(Instant.FromUnixTimeTicks(ticks), text[(slash + 1)..]);
    }
}
