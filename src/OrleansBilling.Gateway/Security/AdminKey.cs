using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Security;

/// <summary>Ensures that someone can log in: creates an administrator key if none is configured and none is stored.</summary>
internal static class AdminKey
{
    /// <summary>The secret of the new key, or null if none was created. Only its hash is stored.</summary>
    public static async Task<string?> MakeIfNoneAsync(
        KeyHash? administrator, IApiKeyStore keys, IClock clock, Ids ids, Dice dice, CancellationToken cancellationToken)
    {
        if (administrator is not null || await keys.HasAdministratorAsync(cancellationToken)) return null;
        var secret = ApiSecret.New(dice, "admin");
        var key = new ApiKey(ids.New("key_"), KeyHash.Of(secret).ToString(), Caller.Administrator, clock.GetCurrentInstant(), null);
        if (!await keys.AddAsync(key, cancellationToken))
            throw new InvalidOperationException("A new key collides with a stored one: the random numbers repeat.");
        return secret;
    }
}
