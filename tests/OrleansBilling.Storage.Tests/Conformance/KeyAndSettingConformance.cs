using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class KeyAndSettingConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private static readonly ApiKey SellerKey = new("key-1", "hash-1", new Caller(Role.Seller, "seller-1"), Now, null);
    private static readonly ApiKey CustomerKey = new(
        "key-2", "hash-2", new Caller(Role.Customer, "customer-1", "seller-1"), Now, Now + Duration.FromHours(1));
    private static readonly ApiKey AdministratorKey = new("key-3", "hash-3", Caller.Administrator, Now, null);

    [StorageFact]
    public async Task A_key_is_found_by_its_hash()
    {
        foreach (var key in new[] { SellerKey, CustomerKey, AdministratorKey })
            Assert.True(await Storage.ApiKeys.AddAsync(key, CancellationToken.None));

        foreach (var key in new[] { SellerKey, CustomerKey, AdministratorKey })
            Assert.Equal(key, await Storage.ApiKeys.FindAsync(key.Hash, CancellationToken.None));
        Assert.Null(await Storage.ApiKeys.FindAsync("hash-4", CancellationToken.None));
    }

    [StorageFact]
    public async Task A_taken_id_or_hash_is_refused()
    {
        Assert.True(await Storage.ApiKeys.AddAsync(SellerKey, CancellationToken.None));

        Assert.False(await Storage.ApiKeys.AddAsync(CustomerKey with { Id = SellerKey.Id }, CancellationToken.None));
        Assert.False(await Storage.ApiKeys.AddAsync(CustomerKey with { Hash = SellerKey.Hash }, CancellationToken.None));

        Assert.Equal(SellerKey, await Storage.ApiKeys.FindAsync(SellerKey.Hash, CancellationToken.None));
    }

    [StorageFact]
    public async Task What_has_expired_is_swept_out_when_a_key_is_added()
    {
        await Storage.ApiKeys.AddAsync(CustomerKey, CancellationToken.None);
        await Storage.ApiKeys.AddAsync(SellerKey with { CreatedAt = CustomerKey.ExpiresAt!.Value }, CancellationToken.None);
        Assert.NotNull(await Storage.ApiKeys.FindAsync(CustomerKey.Hash, CancellationToken.None));

        await Storage.ApiKeys.AddAsync(
            AdministratorKey with { CreatedAt = CustomerKey.ExpiresAt.Value + Duration.FromMilliseconds(1) }, CancellationToken.None);

        Assert.Null(await Storage.ApiKeys.FindAsync(CustomerKey.Hash, CancellationToken.None));
        Assert.NotNull(await Storage.ApiKeys.FindAsync(SellerKey.Hash, CancellationToken.None));
    }

    [StorageFact]
    public async Task A_removed_key_is_gone()
    {
        await Storage.ApiKeys.AddAsync(SellerKey, CancellationToken.None);

        Assert.True(await Storage.ApiKeys.RemoveAsync(SellerKey.Id, CancellationToken.None));
        Assert.False(await Storage.ApiKeys.RemoveAsync(SellerKey.Id, CancellationToken.None));

        Assert.Null(await Storage.ApiKeys.FindAsync(SellerKey.Hash, CancellationToken.None));
    }

    [StorageFact]
    public async Task What_a_key_made_goes_with_it_and_nothing_is_made_by_one_that_is_gone()
    {
        var made = CustomerKey with { MadeBy = SellerKey.Id };
        Assert.True(await Storage.ApiKeys.AddAsync(SellerKey, CancellationToken.None));
        Assert.True(await Storage.ApiKeys.AddAsync(made, CancellationToken.None));
        Assert.True(await Storage.ApiKeys.AddAsync(AdministratorKey, CancellationToken.None));
        Assert.Equal(made, await Storage.ApiKeys.FindAsync(made.Hash, CancellationToken.None));

        Assert.True(await Storage.ApiKeys.RemoveAsync(SellerKey.Id, CancellationToken.None));

        Assert.Null(await Storage.ApiKeys.FindAsync(made.Hash, CancellationToken.None));
        Assert.NotNull(await Storage.ApiKeys.FindAsync(AdministratorKey.Hash, CancellationToken.None));
        Assert.False(await Storage.ApiKeys.AddAsync(made, CancellationToken.None));
    }

    [StorageFact]
    public async Task Only_a_lasting_key_makes_an_administrator()
    {
        await Storage.ApiKeys.AddAsync(SellerKey, CancellationToken.None);
        await Storage.ApiKeys.AddAsync(AdministratorKey with { Id = "short", Hash = "short", ExpiresAt = Now }, CancellationToken.None);
        Assert.False(await Storage.ApiKeys.HasAdministratorAsync(CancellationToken.None));

        await Storage.ApiKeys.AddAsync(AdministratorKey, CancellationToken.None);
        Assert.True(await Storage.ApiKeys.HasAdministratorAsync(CancellationToken.None));
    }

    [StorageFact]
    public async Task A_setting_has_its_last_value()
    {
        Assert.Null(await Storage.Settings.ReadAsync("clock", CancellationToken.None));

        await Storage.Settings.WriteAsync("clock", "2024-01-31T00:00:00Z", CancellationToken.None);
        await Storage.Settings.WriteAsync("other", "", CancellationToken.None);
        await Storage.Settings.WriteAsync("clock", "2024-02-29T00:00:00Z", CancellationToken.None);

        Assert.Equal("2024-02-29T00:00:00Z", await Storage.Settings.ReadAsync("clock", CancellationToken.None));
        Assert.Equal("", await Storage.Settings.ReadAsync("other", CancellationToken.None));
    }
}
