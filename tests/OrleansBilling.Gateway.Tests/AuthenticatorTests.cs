using Microsoft.AspNetCore.Http;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Keys are rarely looked up, expire on time, and stop working when removed.</summary>
public sealed class AuthenticatorTests
{
    private static readonly Instant Start = Instant.FromUtc(2024, 1, 31, 0, 0);

    private readonly CountingKeys keys = new();
    private readonly HandTime time = new();
    private readonly Authenticator authenticator;

    public AuthenticatorTests() => authenticator = new Authenticator(keys, KeyHash.Of("configured"), time);

    [Fact]
    public async Task A_key_is_looked_up_once_in_ten_seconds()
    {
        keys.Add("secret", Caller.Administrator, null);
        for (var n = 0; n < 5; n++) Assert.NotNull(await AskAsync("secret"));
        Assert.Equal(1, keys.Lookups);

        time.Pass(Authenticator.Lifetime);
        Assert.NotNull(await AskAsync("secret"));
        Assert.Equal(2, keys.Lookups);
    }

    [Fact]
    public async Task The_configured_key_is_never_looked_up()
    {
        Assert.Equal(Caller.Administrator, await AskAsync("configured"));
        Assert.Equal(0, keys.Lookups);
    }

    [Fact]
    public async Task A_key_that_is_kept_still_expires_in_time()
    {
        keys.Add("short", new Caller(Role.Customer, "alice"), Start + Duration.FromSeconds(5));
        Assert.NotNull(await AskAsync("short"));
        time.Pass(TimeSpan.FromSeconds(5));
        Assert.Null(await AskAsync("short"));
    }

    [Fact]
    public async Task A_key_removed_while_it_was_looked_up_is_not_kept()
    {
        keys.Add("secret", Caller.Administrator, null);
        keys.WhileReading = authenticator.Forget;
        Assert.NotNull(await AskAsync("secret"));
        keys.WhileReading = () => { };
        keys.Clear();
        Assert.Null(await AskAsync("secret"));
    }

    [Fact]
    public async Task Keys_are_kept_up_to_a_bound()
    {
        for (var n = 0; n <= Authenticator.EntriesMax; n++)
        {
            keys.Add($"secret-{n}", Caller.Administrator, null);
            await AskAsync($"secret-{n}");
        }

        var before = keys.Lookups;
        await AskAsync("secret-0");
        Assert.Equal(before + 1, keys.Lookups);
    }

    [Fact]
    public async Task Unknown_keys_are_not_kept()
    {
        Assert.Null(await AskAsync("guess"));
        keys.Add("guess", Caller.Administrator, null);
        Assert.NotNull(await AskAsync("guess"));
    }

    private async Task<Caller?> AskAsync(string secret)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = $"bearer {secret}";
        return (await authenticator.AuthenticateAsync(http)).Caller;
    }

    private sealed class CountingKeys : IApiKeyStore
    {
        private readonly Dictionary<string, ApiKey> byHash = [];

        public int Lookups { get; private set; }

        public Action WhileReading { get; set; } = () => { };

        public void Add(string secret, Caller caller, Instant? expiresAt)
        {
            var hash = KeyHash.Of(secret).ToString();
            byHash[hash] = new ApiKey(secret, hash, caller, Start, expiresAt);
        }

        public void Clear() => byHash.Clear();

        public ValueTask<ApiKey?> FindAsync(string hash, CancellationToken cancellationToken)
        {
            Lookups++;
            var found = byHash.GetValueOrDefault(hash);
            WhileReading();
            return new(found);
        }

        public ValueTask<ApiKey?> FindByIdAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<ApiKey>> ListAsync(
            ApiKeyFilter filter, string? afterId, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask NoteUsesAsync(IReadOnlyCollection<KeyUse> uses, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> AddAsync(ApiKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> UseLinkAsync(string id, Instant until, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask RemoveSessionsAsync(string? makerId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> HasAdministratorAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class HandTime : TimeProvider
    {
        private long now;

        public override long GetTimestamp() => now;

        public override DateTimeOffset GetUtcNow() => Start.ToDateTimeOffset() + TimeSpan.FromTicks(now);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan span) => now += span.Ticks;
    }
}
