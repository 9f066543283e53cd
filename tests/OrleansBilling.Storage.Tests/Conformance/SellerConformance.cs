using OrleansBilling.Runtime.Sellers;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>Profiles and logos of sellers: of two edits of one revision, one wins.</summary>
public abstract class SellerConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private static readonly SellerLogo Logo = new(new byte[] { 0, 1, 255 }, 3, 4);

    [StorageFact]
    public async Task A_profile_is_read_as_it_was_stored_after_a_restart_too()
    {
        var address = new SellerAddress(["Rua A 1", "Loja 2"], "São Paulo", null, "01304-001", "BR");
        var profile = new SellerProfile("ana", "Ana \U0001F600")
        {
            LegalName = "Ana Ltda", Address = address, TaxId = "1", Email = "a@b.example", Locale = "pt-BR", TimeZone = "UTC",
            ReturnUrls = ["https://a.example/?b=c"],
        };
        Assert.True(await Storage.Sellers.SaveAsync(profile, default));
        Assert.False(await Storage.Sellers.SaveAsync(profile, default));
        Assert.False(await Storage.Sellers.SaveAsync(profile with { Revision = 3 }, default));
        Assert.True(await Storage.Sellers.SaveAsync(profile with { Revision = 2 }, default));
        Storage = await Database.ReopenAsync(Storage);

        var found = (await Storage.Sellers.FindAsync("ana", default))!;
        Assert.Equal(address.Lines, found.Address!.Lines);
        Assert.Equal(address with { Lines = [] }, found.Address with { Lines = [] });
        Assert.Equal(profile.ReturnUrls, found.ReturnUrls);
        Assert.Equal(
            profile with { Revision = 2, Address = null, ReturnUrls = [] }, found with { Address = null, ReturnUrls = [] });
        Assert.Null(await Storage.Sellers.FindAsync("ben", default));
    }

    [StorageFact]
    public async Task A_logo_is_replaced_and_removed_and_no_revision_comes_twice()
    {
        Assert.Null(await Storage.Sellers.FindLogoAsync("ana", default));
        Assert.Null(await SaveAsync(Logo, 1));
        Assert.Equal(1, await SaveAsync(Logo, null));
        Assert.Equal(2, await SaveAsync(Logo with { Width = 9 }, 1));
        Assert.Null(await SaveAsync(Logo, 1));
        Storage = await Database.ReopenAsync(Storage);
        var stored = (await Storage.Sellers.FindLogoAsync("ana", default))!;
        Assert.Equal((2, 9, 4), (stored.Revision, stored.Logo!.Width, stored.Logo.Height));
        Assert.Equal(Logo.Png.ToArray(), stored.Logo.Png.ToArray());

        Assert.Equal(3, await SaveAsync(null, 2));
        Assert.Equal(new StoredLogo(null, 3), await Storage.Sellers.FindLogoAsync("ana", default));
        Assert.Equal(4, await SaveAsync(Logo, null));
        Assert.Null(await Storage.Sellers.FindLogoAsync("ben", default));
    }

    [StorageFact]
    public async Task Of_edits_of_one_revision_at_once_one_wins()
    {
        Assert.Equal(1, await SaveAsync(Logo, null));
        var edits = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => SaveAsync(Logo with { Width = n }, 1))));
        Assert.Single(edits, revision => revision == 2);
        Assert.Equal(7, edits.Count(revision => revision is null));
    }

    private async Task<int?> SaveAsync(SellerLogo? logo, long? expected) =>
        await Storage.Sellers.SaveLogoAsync("ana", logo, expected, default);
}
