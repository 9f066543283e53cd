using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>The texts that people wrote into the batch's commands.</summary>
internal sealed class TextColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> subscriptionId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<long> sequence = new(command, NpgsqlDbType.Bigint);
    private readonly ArrayParameter<short> kind = new(command, NpgsqlDbType.Smallint);
    private readonly ArrayParameter<string> text = new(command, NpgsqlDbType.Text);

    public void Clear()
    {
        subscriptionId.Clear();
        sequence.Clear();
        kind.Clear();
        text.Clear();
    }

    public void Add(JournalCommit commit)
    {
        for (var index = 0; index < commit.Texts.Count; index++)
        {
            var stored = commit.Texts[index];
            subscriptionId.Add(stored.Place.SubscriptionId);
            sequence.Add(stored.Place.Sequence);
            kind.Add((short)stored.Place.Kind);
            text.Add(stored.Text);
        }
    }
}
