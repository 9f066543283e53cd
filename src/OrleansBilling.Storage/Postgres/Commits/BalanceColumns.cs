using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>The batch's additions to balances, summed per balance.</summary>
internal sealed class BalanceColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> sellerId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> partyId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> currency = new(command, NpgsqlDbType.Text);
    private readonly SummedColumns<BalanceKey> sums = new(command);

    public void Clear()
    {
        sellerId.Clear();
        partyId.Clear();
        currency.Clear();
        sums.Clear();
    }

    public void Add(JournalCommit commit, int place)
    {
        for (var index = 0; index < commit.Balances.Count; index++)
        {
            var (key, amount) = commit.Balances[index];
            if (!sums.Add(place, key, amount)) continue;
            sellerId.Add(key.SellerId);
            partyId.Add(key.PartyId);
            currency.Add(key.Currency);
        }
    }
}
