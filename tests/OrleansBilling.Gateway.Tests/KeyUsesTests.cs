using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The uses of keys gather in memory and are written in the background.</summary>
public sealed class KeyUsesTests : IAsyncDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2024, 1, 31, 0, 0);

    private readonly WrittenUses store = new();
    private readonly KeyUses uses;

    public KeyUsesTests() => uses = new KeyUses(store, TimeProvider.System, NullLogger<KeyUses>.Instance);

    public ValueTask DisposeAsync() => uses.DisposeAsync();

    [Fact]
    public async Task Many_uses_are_one_write()
    {
        for (var n = 0; n < 1_000; n++) uses.Note(Key("a"), Now);
        uses.Note(Key("b"), Now);
        Assert.Empty(store.Written);
        await uses.StoreAsync(CancellationToken.None);
        await uses.StoreAsync(CancellationToken.None);
        Assert.Equal([new("a", Now), new("b", Now)], store.Written.OrderBy(use => use.KeyId));
    }

    [Fact]
    public async Task What_could_not_be_written_is_written_later()
    {
        uses.Note(Key("a"), Now);
        store.IsLost = true;
        await uses.StoreAsync(CancellationToken.None);
        store.IsLost = false;
        await uses.StoreAsync(CancellationToken.None);
        Assert.Equal([new("a", Now)], store.Written);
    }

    [Fact]
    public async Task Memory_is_bounded_and_tokens_of_customers_take_none()
    {
        uses.Note(Key("token") with { Caller = new Caller(Role.Customer, "alice") }, Now);
        for (var n = 0; n < KeyUses.WaitingMax + 5; n++) uses.Note(Key($"key-{n}"), Now);
        await uses.StoreAsync(CancellationToken.None);
        Assert.Equal(KeyUses.WaitingMax, store.Written.Count);
        Assert.DoesNotContain(store.Written, use => use.KeyId == "token");
    }

    private static ApiKey Key(string id) => new(id, id, Caller.Administrator, Now, null);

    private sealed class WrittenUses : IApiKeyStore
    {
        public List<KeyUse> Written { get; } = [];

        public bool IsLost { get; set; }

        public ValueTask NoteUsesAsync(IReadOnlyCollection<KeyUse> noted, CancellationToken cancellationToken)
        {
            if (IsLost) throw new JournalUnavailableException("The database does not answer.");
            Written.AddRange(noted);
            return ValueTask.CompletedTask;
        }

        public ValueTask<bool> AddAsync(ApiKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ApiKey?> FindAsync(string hash, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ApiKey?> FindByIdAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<ApiKey>> ListAsync(
            ApiKeyFilter filter, string? afterId, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> UseLinkAsync(string id, Instant until, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask RemoveSessionsAsync(string? makerId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> HasAdministratorAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
