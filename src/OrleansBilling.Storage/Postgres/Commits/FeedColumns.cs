using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>What the batch adds to the feed, in order per subscription.</summary>
internal sealed class FeedColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> subscriptionId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<long> sequence = new(command, NpgsqlDbType.Bigint);
    private readonly ArrayParameter<short> type = new(command, NpgsqlDbType.Smallint);
    private readonly ArrayParameter<int> invoice = new(command, NpgsqlDbType.Integer);
    private readonly ArrayParameter<string> sellerId = new(command, NpgsqlDbType.Text);

    public void Clear()
    {
        subscriptionId.Clear();
        sequence.Clear();
        type.Clear();
        invoice.Clear();
        sellerId.Clear();
    }

    public void Add(JournalCommit commit)
    {
        for (var index = 0; index < commit.Feed.Count; index++)
        {
            var fed = commit.Feed[index];
            subscriptionId.Add(commit.SubscriptionId);
            sequence.Add(fed.Sequence);
            type.Add((short)fed.Type);
            invoice.Add(fed.Invoice);
            sellerId.Add(fed.SellerId);
        }
    }
}
