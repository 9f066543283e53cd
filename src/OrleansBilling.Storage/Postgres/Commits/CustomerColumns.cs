using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>The customers that the batch's new subscriptions name.</summary>
internal sealed class CustomerColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> subscriptionId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> id = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> sellerId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<long> at = new(command, NpgsqlDbType.TimestampTz);
    private readonly ArrayParameter<string?> email = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string?> country = new(command, NpgsqlDbType.Text);

    public void Clear()
    {
        subscriptionId.Clear();
        id.Clear();
        sellerId.Clear();
        at.Clear();
        email.Clear();
        country.Clear();
    }

    public void Add(JournalCommit commit)
    {
        if (commit.Customer is not { } named) return;
        subscriptionId.Add(commit.SubscriptionId);
        id.Add(named.Id);
        sellerId.Add(named.SellerId);
        at.Add(PostgresTime.ToMicroseconds(named.At));
        email.Add(named.Email);
        country.Add(named.Country);
    }
}
