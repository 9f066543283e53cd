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
/// <param name="Before">Null before the first event.</param>
/// <param name="Event">What happened.</param>
/// <param name="After">The fold up to it.</param>
/// <param name="Terms">What the subscription runs on.</param>
internal readonly record struct ReplayedEvent(
    int Number, Subscription? Before, SubscriptionEvent Event, Subscription After, OfferTerms Terms);

/// <summary>
/// Reads everything that a run added to the journal, subscription by subscription, and folds it: those that were there
/// before start from what they were sold as.
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

    /// <summary>Hands over each event, in order; how many there were.</summary>
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
                    $"Subscription {id} has no event {(state?.Version ?? 0) + 1} in the journal, but it has {sequence}.");
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
