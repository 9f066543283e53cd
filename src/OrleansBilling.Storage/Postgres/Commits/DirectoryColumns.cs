using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>The directory entries of the batch, without the status: the snapshot row holds it.</summary>
internal sealed class DirectoryColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> id = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> sellerId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> productId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> planId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> offerId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> customerId = new(command, NpgsqlDbType.Text);

    public void Clear()
    {
        id.Clear();
        sellerId.Clear();
        productId.Clear();
        planId.Clear();
        offerId.Clear();
        customerId.Clear();
    }

    public void Add(JournalCommit commit)
    {
        if (commit.Directory is not { } entry) return;
        id.Add(commit.SubscriptionId);
        sellerId.Add(entry.SellerId);
        productId.Add(entry.ProductId);
        planId.Add(entry.PlanId);
        offerId.Add(entry.OfferId);
        customerId.Add(entry.CustomerId);
    }
}
