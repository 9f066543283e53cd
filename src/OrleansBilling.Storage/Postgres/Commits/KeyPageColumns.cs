using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>The pages of idempotency keys that move out of the batch's snapshots, and the last expired page per subscription.</summary>
internal sealed class KeyPageColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> subscriptionId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<long> version = new(command, NpgsqlDbType.Bigint);
    private readonly ArrayParameter<byte[]> data = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> expiredOf = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<long> expiredUpTo = new(command, NpgsqlDbType.Bigint);

    public void Clear()
    {
        subscriptionId.Clear();
        version.Clear();
        data.Clear();
        expiredOf.Clear();
        expiredUpTo.Clear();
    }

    public void Add(JournalCommit commit)
    {
        if (commit.KeyPage is { } page)
        {
            subscriptionId.Add(commit.SubscriptionId);
            version.Add(page.Version);
            data.Add(page.Data);
        }

        if (commit.KeyPagesExpired is { } last)
        {
            expiredOf.Add(commit.SubscriptionId);
            expiredUpTo.Add(last);
        }
    }
}
