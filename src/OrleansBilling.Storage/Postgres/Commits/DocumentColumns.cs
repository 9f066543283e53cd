using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>The batch's documents that wait for a number.</summary>
internal sealed class DocumentColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> subscriptionId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<short> kind = new(command, NpgsqlDbType.Smallint);
    private readonly ArrayParameter<int> ordinal = new(command, NpgsqlDbType.Integer);
    private readonly ArrayParameter<string> sellerId = new(command, NpgsqlDbType.Text);

    public void Clear()
    {
        subscriptionId.Clear();
        kind.Clear();
        ordinal.Clear();
        sellerId.Clear();
    }

    public void Add(JournalCommit commit)
    {
        for (var index = 0; index < commit.Documents.Count; index++)
        {
            var document = commit.Documents[index];
            subscriptionId.Add(commit.SubscriptionId);
            kind.Add((short)document.Kind);
            ordinal.Add(document.Ordinal);
            sellerId.Add(document.SellerId);
        }
    }
}
