using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Security;

/// <summary>Sees to it that somebody can come in: with no administrator's key set and none stored, makes one.</summary>
internal static class AdminKey
{
    /// <summary>The key's secret, if one was made; it is stored as a hash only.</summary>
    public static async Task<string?> MakeIfNoneAsync(
        KeyHash? administrator, IApiKeyStore keys, IClock clock, Ids ids, Dice dice, CancellationToken cancellationToken)
    {
        if (administrator is not null || await keys.HasAdministratorAsync(cancellationToken)) return null;
        var secret = ApiSecret.New(dice, "admin");
        var key = new ApiKey(ids.New("key_"), KeyHash.Of(secret).ToString(), Caller.Administrator, clock.GetCurrentInstant(), null);
        if (!await keys.AddAsync(key, cancellationToken))
            throw new InvalidOperationException("A fresh key met one that is stored: the dice repeat themselves.");
        return secret;
    }
}
