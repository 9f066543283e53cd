using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>Requests are done once, and their answers are kept for their time. The keys that encrypt some are kept too.</summary>
public abstract class RequestMemoryConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private static readonly RememberedRequest Request = new("request", ulong.MaxValue);
    private static readonly KeptAnswer Answer = new(201, [0, 1, 255], AnswerSecrecy.Encrypted, "/v1/here", "\"7\"");

    private IRequestMemory Memory => Storage.Requests;

    [StorageFact]
    public async Task A_request_is_done_once_and_its_answer_outlives_a_restart()
    {
        Assert.Equal(new RequestClaim.Taken(Now), await ClaimAsync("one"));
        Assert.IsType<RequestClaim.Busy>(await ClaimAsync("two"));
        Assert.True(await Memory.KeepAsync(Request.Id, "one", Answer, CancellationToken.None));
        await ReopenAsync();

        var kept = Assert.IsType<RequestClaim.Answered>(await ClaimAsync("three")).Answer;
        Assert.Equal(Answer.Content, kept.Content);
        Assert.Equal(Answer with { Content = kept.Content }, kept);
        Assert.IsType<RequestClaim.Reused>(await ClaimAsync("four", Request with { Fingerprint = 1 }));
        Assert.IsType<RequestClaim.Taken>(await ClaimAsync("five", Request with { Id = "other" }));
    }

    [StorageFact]
    public async Task An_answer_may_have_nothing_but_a_status()
    {
        await ClaimAsync("one");
        await Memory.KeepAsync(Request.Id, "one", new KeptAnswer(204, [], AnswerSecrecy.None, null, null), CancellationToken.None);
        var kept = Assert.IsType<RequestClaim.Answered>(await ClaimAsync("two")).Answer;
        Assert.Equal((204, AnswerSecrecy.None, (string?)null, (string?)null), (kept.Status, kept.Secrecy, kept.Location, kept.Tag));
        Assert.Empty(kept.Content);
    }

    [StorageFact]
    public async Task A_forgotten_request_may_be_another_one()
    {
        await ClaimAsync("one");
        await Memory.ForgetAsync(Request.Id, "somebody else", CancellationToken.None);
        Assert.IsType<RequestClaim.Busy>(await ClaimAsync("two"));
        await Memory.ForgetAsync(Request.Id, "one", CancellationToken.None);
        Assert.IsType<RequestClaim.Taken>(await ClaimAsync("two", Request with { Fingerprint = 1 }));
    }

    [StorageFact]
    public async Task A_request_that_was_let_go_is_taken_by_its_repeat_which_keeps_its_time()
    {
        await ClaimAsync("one");
        await Memory.LetGoAsync(Request.Id, "one", Now, CancellationToken.None);
        Assert.IsType<RequestClaim.Reused>(await ClaimAsync("two", Request with { Fingerprint = 1 }));
        Assert.Equal(new RequestClaim.Taken(Now), await ClaimAsync("two", at: Now + Duration.FromHours(1)));

        // The first holder comes too late.
        Assert.False(await Memory.KeepAsync(Request.Id, "one", Answer, CancellationToken.None));
        Assert.True(await Memory.KeepAsync(Request.Id, "two", Answer, CancellationToken.None));
        await Memory.ForgetAsync(Request.Id, "two", CancellationToken.None);
        Assert.IsType<RequestClaim.Answered>(await ClaimAsync("three"));
    }

    [StorageFact]
    public async Task A_lease_ends()
    {
        await ClaimAsync("one");
        Assert.IsType<RequestClaim.Busy>(await ClaimAsync("two", at: Now + Duration.FromSeconds(59)));
        Assert.IsType<RequestClaim.Taken>(await ClaimAsync("two", at: Now + Duration.FromSeconds(60)));
    }

    [StorageFact]
    public async Task After_its_time_a_request_is_new_and_is_removed_step_by_step()
    {
        await ClaimAsync("one");
        await Memory.KeepAsync(Request.Id, "one", Answer, CancellationToken.None);
        var later = Now + Duration.FromHours(24);
        Assert.Equal(new RequestClaim.Taken(later), await ClaimAsync("two", Request with { Fingerprint = 1 }, later));

        for (var n = 0; n < 5; n++) await ClaimAsync("one", Request with { Id = $"request-{n}" });
        Assert.Equal(0, await Memory.RemoveForgottenAsync(later - Duration.FromMilliseconds(1), 3, CancellationToken.None));
        Assert.Equal(3, await Memory.RemoveForgottenAsync(later, 3, CancellationToken.None));
        Assert.Equal(2, await Memory.RemoveForgottenAsync(later, 3, CancellationToken.None));
        Assert.IsType<RequestClaim.Busy>(await ClaimAsync("three", Request with { Fingerprint = 1 }, later));
    }

    [StorageFact]
    public async Task Of_many_at_once_one_takes_the_request()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => ClaimAsync($"holder-{n}").AsTask())));
        Assert.Single(claims.OfType<RequestClaim.Taken>());
        Assert.Equal(19, claims.OfType<RequestClaim.Busy>().Count());
    }

    [StorageFact]
    public async Task The_key_ring_keeps_its_keys()
    {
        Assert.Empty(await Storage.KeyRing.ListAsync(CancellationToken.None));
        await Storage.KeyRing.AddAsync(new RingKey("key-b", "master", [1, 2]), CancellationToken.None);
        await Storage.KeyRing.AddAsync(new RingKey("key-a", "master", []), CancellationToken.None);
        await Storage.KeyRing.AddAsync(new RingKey("key-b", "master", [3]), CancellationToken.None);
        await ReopenAsync();

        var keys = await Storage.KeyRing.ListAsync(CancellationToken.None);
        Assert.Equal([("key-a", "master", 0), ("key-b", "master", 2)], keys.Select(key => (key.Id, key.Master, key.Content.Length)));
    }

    private ValueTask<RequestClaim> ClaimAsync(string holder, RememberedRequest? request = null, Instant? at = null)
    {
        var now = at ?? Now;
        var lease = new RequestLease(holder, now, now + Duration.FromSeconds(60), now + Duration.FromHours(24));
        return Memory.ClaimAsync(request ?? Request, lease, CancellationToken.None);
    }
}
