using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>The usage keys that the batch's commits saw for the first time.</summary>
internal sealed class UsageKeyColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> subscriptionId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> key = new(command, NpgsqlDbType.Text);

    public void Clear()
    {
        subscriptionId.Clear();
        key.Clear();
    }

    public void Add(JournalCommit commit)
    {
        for (var index = 0; index < commit.UsageKeys.Count; index++)
        {
            subscriptionId.Add(commit.SubscriptionId);
            key.Add(commit.UsageKeys[index]);
        }
    }
}
