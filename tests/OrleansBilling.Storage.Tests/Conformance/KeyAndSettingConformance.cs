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
    private static readonly ApiKey PartnerKey = new("key-4", "hash-4", new Caller(Role.Partner, "zoe"), Now, null);

    [StorageFact]
    public async Task A_key_is_found_by_its_hash()
    {
        foreach (var key in new[] { SellerKey, CustomerKey, AdministratorKey, PartnerKey })
            Assert.True(await Storage.ApiKeys.AddAsync(key, CancellationToken.None));

        foreach (var key in new[] { SellerKey, CustomerKey, AdministratorKey, PartnerKey })
            Assert.Equal(key, await Storage.ApiKeys.FindAsync(key.Hash, CancellationToken.None));
        Assert.Null(await Storage.ApiKeys.FindAsync("hash-5", CancellationToken.None));
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
    public async Task A_link_is_used_once_and_its_sessions_end_together_or_with_its_maker()
    {
        var link = new ApiKey("link-1", "hash-6", SellerKey.Caller, Now, Now + Duration.FromMinutes(15), AdministratorKey.Id)
        {
            Kind = KeyKind.Link, Scopes = KeyScopes.SignIn,
        };
        var session = new ApiKey("session-1", "hash-7", SellerKey.Caller, Now, Now + Duration.FromHours(12), link.Id)
        {
            Kind = KeyKind.Session,
        };
        var own = session with { Id = "session-2", Hash = "hash-8", MadeBy = null };
        await Storage.ApiKeys.AddAsync(AdministratorKey, CancellationToken.None);
        await Storage.ApiKeys.AddAsync(link, CancellationToken.None);
        Assert.Equal(link, await Storage.ApiKeys.FindAsync(link.Hash, CancellationToken.None));

        Assert.True(await Storage.ApiKeys.UseLinkAsync(link.Id, session.ExpiresAt!.Value, CancellationToken.None));
        Assert.False(await Storage.ApiKeys.UseLinkAsync(link.Id, session.ExpiresAt.Value, CancellationToken.None));
        Assert.False(await Storage.ApiKeys.UseLinkAsync(AdministratorKey.Id, session.ExpiresAt.Value, CancellationToken.None));
        Assert.Equal(
            link with { Kind = KeyKind.UsedLink, ExpiresAt = session.ExpiresAt },
            await Storage.ApiKeys.FindAsync(link.Hash, CancellationToken.None));

        foreach (var one in new[] { session, own }) Assert.True(await Storage.ApiKeys.AddAsync(one, CancellationToken.None));
        var listed = await Storage.ApiKeys.ListAsync(new ApiKeyFilter(), null, 10, CancellationToken.None);
        Assert.Equal([AdministratorKey.Id], listed.Select(key => key.Id));
        await Storage.ApiKeys.RemoveSessionsAsync(link.Id, CancellationToken.None);
        Assert.Null(await Storage.ApiKeys.FindAsync(session.Hash, CancellationToken.None));
        Assert.Equal(own, await Storage.ApiKeys.FindAsync(own.Hash, CancellationToken.None));
        await Storage.ApiKeys.RemoveSessionsAsync(null, CancellationToken.None);
        Assert.Null(await Storage.ApiKeys.FindAsync(own.Hash, CancellationToken.None));

        await Storage.ApiKeys.AddAsync(session, CancellationToken.None);
        await Storage.ApiKeys.RemoveAsync(AdministratorKey.Id, CancellationToken.None);
        Assert.Null(await Storage.ApiKeys.FindAsync(session.Hash, CancellationToken.None));
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
    public async Task A_key_keeps_its_name_and_scopes()
    {
        var named = SellerKey with { Name = "nightly job", Scopes = KeyScopes.Read | KeyScopes.Statistics };
        var idle = AdministratorKey with { Scopes = KeyScopes.None };
        Assert.True(await Storage.ApiKeys.AddAsync(named, CancellationToken.None));
        Assert.True(await Storage.ApiKeys.AddAsync(idle, CancellationToken.None));

        Assert.Equal(named, await Storage.ApiKeys.FindByIdAsync(named.Id, CancellationToken.None));
        Assert.Equal(named, await Storage.ApiKeys.FindAsync(named.Hash, CancellationToken.None));
        Assert.Equal(idle, await Storage.ApiKeys.FindByIdAsync(idle.Id, CancellationToken.None));
        Assert.Null(await Storage.ApiKeys.FindByIdAsync("key-9", CancellationToken.None));
        Assert.False(await Storage.ApiKeys.HasAdministratorAsync(CancellationToken.None));
    }

    [StorageFact]
    public async Task Keys_are_listed_page_by_page_without_the_tokens_of_customers()
    {
        for (var n = 1; n <= 5; n++)
        {
            var key = (n == 3 ? CustomerKey : SellerKey) with { Id = $"key-{n}", Hash = $"hash-{n}" };
            Assert.True(await Storage.ApiKeys.AddAsync(key, CancellationToken.None));
        }

        Assert.Equal(["key-1", "key-2", "key-4"], await IdsAsync(null, 3));
        Assert.Equal(["key-5"], await IdsAsync("key-4", 3));
        Assert.Empty(await IdsAsync("key-5", 3));

        async Task<IEnumerable<string>> IdsAsync(string? after, int limit) =>
            (await Storage.ApiKeys.ListAsync(new ApiKeyFilter(), after, limit, CancellationToken.None)).Select(key => key.Id);
    }

    [StorageFact]
    public async Task Keys_are_listed_by_whom_they_stand_for_and_when_they_were_made()
    {
        Caller[] callers =
        [
            Caller.Administrator, new(Role.Seller, "ana"), new(Role.Seller, "bea"), new(Role.Partner, "ana"), new(Role.Customer, "ana"),
        ];
        foreach (var (n, caller) in callers.Index())
        {
            var key = SellerKey with
            {
                Id = $"key-{n}", Hash = $"hash-{n}", Caller = caller, CreatedAt = SellerKey.CreatedAt + Duration.FromDays(n),
                ExpiresAt = null,
            };
            Assert.True(await Storage.ApiKeys.AddAsync(key, CancellationToken.None));
        }

        Assert.Equal(["key-0", "key-3"], await IdsAsync(new ApiKeyFilter { Roles = [Role.Administrator, Role.Partner] }));
        Assert.Equal(["key-1"], await IdsAsync(new ApiKeyFilter { SellerIds = ["ana", "nobody"] }));
        Assert.Equal(["key-1", "key-2"], await IdsAsync(new ApiKeyFilter { SellerIds = ["bea", "ana"], Roles = [Role.Seller] }));
        Assert.Equal(["key-3"], await IdsAsync(new ApiKeyFilter { PartyIds = ["ana"] }));
        Assert.Empty(await IdsAsync(new ApiKeyFilter { PartyIds = ["ana"], SellerIds = ["ana"] }));
        Assert.Empty(await IdsAsync(new ApiKeyFilter { Roles = [Role.Customer] }));
        var (second, third) = (SellerKey.CreatedAt + Duration.FromDays(1), SellerKey.CreatedAt + Duration.FromDays(2));
        Assert.Equal(["key-1"], await IdsAsync(new ApiKeyFilter { Created = new InstantRange(second, third) }));

        async Task<IEnumerable<string>> IdsAsync(ApiKeyFilter filter) =>
            (await Storage.ApiKeys.ListAsync(filter, null, 10, CancellationToken.None)).Select(key => key.Id);
    }

    [StorageFact]
    public async Task The_last_use_of_a_key_only_moves_on()
    {
        await Storage.ApiKeys.AddAsync(SellerKey, CancellationToken.None);
        await Storage.ApiKeys.AddAsync(AdministratorKey, CancellationToken.None);
        var later = Now + Duration.FromMinutes(1);

        await Storage.ApiKeys.NoteUsesAsync([new(SellerKey.Id, later), new("gone", later)], CancellationToken.None);
        await Storage.ApiKeys.NoteUsesAsync([new(SellerKey.Id, Now), new(AdministratorKey.Id, Now)], CancellationToken.None);

        Assert.Equal(later, (await Storage.ApiKeys.FindByIdAsync(SellerKey.Id, CancellationToken.None))!.LastUsedAt);
        Assert.Equal(Now, (await Storage.ApiKeys.FindByIdAsync(AdministratorKey.Id, CancellationToken.None))!.LastUsedAt);
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
