using NodaTime;
using Npgsql;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.LoadTests.Scenarios.Audit;

/// <summary>An event of the run, with the subscription before and after it.</summary>
/// <param name="Number">The subscription's number.</param>
/// <param name="Before">The state before the event; null for the first event.</param>
/// <param name="Event">The event.</param>
/// <param name="After">The state after the event.</param>
/// <param name="Terms">The terms of the subscription.</param>
internal readonly record struct ReplayedEvent(
    int Number, Subscription? Before, SubscriptionEvent Event, Subscription After, OfferTerms Terms);

/// <summary>
/// Reads everything that a run added to the journal, subscription by subscription, and folds it. Subscriptions from the seed
/// start with the state after their sale.
/// </summary>
internal sealed class JournalReplay(NpgsqlDataSource database, SeedPlan plan)
{
    private const string Sql =
        """
        select subscription_id, sequence, at, type, data from history
        where sequence > $1 or subscription_id >= $2
        order by subscription_id, sequence
        """;

    private readonly Dictionary<string, OfferTerms> terms = plan.Catalog.Offers.ToDictionary(
        offer => offer.Offer.Id, StringComparer.Ordinal);

    /// <summary>Passes each event on, in order, and returns the number of events.</summary>
    /// <exception cref="LoadTestException">A sequence has a gap.</exception>
    public async Task<long> ReadAsync(Action<ReplayedEvent> each, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = plan.Templates.Min(template => template.State.Version) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Subscriptions.Id(plan.Count) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var count = 0L;
        string? id = null;
        Subscription? state = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetString(0) is var next && next != id)
            {
                id = next;
                state = SoldAs(Subscriptions.NumberOf(id));
            }

            var sequence = reader.GetInt64(1);
            if (sequence <= (state?.Version ?? 0)) continue;
            if (sequence != (state?.Version ?? 0) + 1)
                throw new LoadTestException(
                    $"Subscription {id} has event {sequence} in the journal, but not event {(state?.Version ?? 0) + 1}.");
            var happened = SubscriptionCodec.Decode(
                new StoredEvent(
                    sequence, Instant.FromDateTimeUtc(reader.GetDateTime(2)), reader.GetString(3), reader.GetFieldValue<byte[]>(4)));
            var after = SubscriptionEvolution.Evolve(state, happened);
            each(new ReplayedEvent(Subscriptions.NumberOf(id), state, happened, after, terms[after.OfferId]));
            state = after;
            count++;
        }

        return count;
    }

    private Subscription? SoldAs(int number) => number < plan.Count ? plan.TemplateOf(number).State : null;
}
