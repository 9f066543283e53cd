using System.Security.Cryptography;
using System.Text;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Does each request with an idempotency key once, and gives its repeats the same answer for a day, in every process and after a
/// restart. This is for requests that are no command of a subscription: a subscription remembers its own. As there, a refusal is not
/// remembered, and the key may then come with another request. Of two at the same time one is done, and the other waits for it.
/// If a process dies in the middle, the next repeat does the request again, so what it does must find what was done already.
/// </summary>
internal sealed class KeyedRequests(IRequestMemory memory, SecretBox secrets, TimeProvider time, Ids ids)
{
    public static readonly Duration Lifetime = Duration.FromHours(24);

    /// <summary>How long a request may take before another process takes it for dead.</summary>
    public static readonly Duration Lease = Duration.FromSeconds(60);

    private const string Purpose = "answers";

    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(500);

    private static readonly ApiError InUse = new(
        409, "idempotency_key_in_use", "A request with this key is still being done; repeat it later.", IdempotencyHeader.Name,
        RetryAfterSeconds: 5);

    private static readonly ApiError NotKept = new(
        409, "answer_not_kept",
        "This request was done before, but its answer is kept encrypted or not at all, and cannot be shown again. Remove what it made, " +
        "and use another key.",
        IdempotencyHeader.Name);

    private static readonly ApiError TakenOver = new(
        503, "unknown", "The request took too long, and it is not known who finished it; repeat it with the same key.", null,
        RetryAfterSeconds: 1);

    /// <summary>Answers a request that has a key.</summary>
    public async ValueTask<IResult> RunAsync(ApiCall call, RouteFacts facts, Func<ValueTask<IResult>> handleAsync)
    {
        var request = new RememberedRequest(IdOf(call, facts), call.Fingerprint);
        var (claim, holder, claimedAt) = await ClaimAsync(call, request);
        switch (claim)
        {
            case RequestClaim.Taken taken:
                call.ClaimedAt = Instant.FromUnixTimeMilliseconds(taken.ClaimedAt.ToUnixTimeMilliseconds());
                call.IsSecondTry = taken.ClaimedAt + Duration.FromMilliseconds(1) < claimedAt;
                return await DoAsync(request.Id, holder, facts, handleAsync);
            case RequestClaim.Answered before:
                return before.Answer is { Content.Length: 0, Secrecy: AnswerSecrecy.None, Location: { } made } && facts.ShowsPerson
                    ? await ShowAgainAsync(call, made, handleAsync)
                    : Replay(before.Answer, facts);
            case RequestClaim.Reused:
                return Answers.Problem(ApiErrors.From(Refusal.KeyReused));
            case null:
                return Answers.Problem(RequestWait.TooMany());
            default:
                return Answers.Problem(InUse);
        }
    }

    /// <summary>
    /// Claims a request. While another process does it, this waits outside the caller's turn. The claim is null if the caller has the
    /// maximum number of waits.
    /// </summary>
    private async ValueTask<(RequestClaim? Claim, string Holder, Instant At)> ClaimAsync(ApiCall call, RememberedRequest request)
    {
        RequestWait? wait = null;
        try
        {
            var started = time.GetTimestamp();
            for (var pause = FirstPause; ; pause = pause * 2 < PauseMax ? pause * 2 : PauseMax)
            {
                var lease = NewLease();
                var claim = await memory.ClaimAsync(request, lease, call.Aborted);
                if (claim is not RequestClaim.Busy || time.GetElapsedTime(started) >= WaitMax) return (claim, lease.Holder, lease.Now);
                wait ??= call.TryWait();
                if (wait is null) return (null, "", lease.Now);
                await wait.PauseAsync(pause, time, call.Aborted);
            }
        }
        finally
        {
            wait?.Dispose();
        }
    }

    private async ValueTask<IResult> DoAsync(string id, string holder, RouteFacts facts, Func<ValueTask<IResult>> handleAsync)
    {
        try
        {
            var answer = await handleAsync();

            // From here on the request is done, even if its caller no longer waits.
            switch (answer)
            {
                case IRepeatable done:
                    return await memory.KeepAsync(id, holder, ToKeep(done.Repeatable, facts), CancellationToken.None)
                        ? answer
                        : Answers.Problem(TakenOver);
                case ProblemAnswer { Status: < 500 }:
                    await memory.ForgetAsync(id, holder, CancellationToken.None);
                    return answer;
                default:
                    await LetGoAsync(id, holder);
                    return answer;
            }
        }
        catch
        {
            await LetGoAsync(id, holder);
            throw;
        }
    }

    private async ValueTask LetGoAsync(string id, string holder)
    {
        try
        {
            await memory.LetGoAsync(id, holder, Now, CancellationToken.None);
        }
        catch (JournalUnavailableException)
        {
            // The lease ends by itself. What failed first is what the caller has to hear.
        }
    }

    /// <summary>The handler shows what it made as it is now.</summary>
    private static async ValueTask<IResult> ShowAgainAsync(ApiCall call, string made, Func<ValueTask<IResult>> handleAsync)
    {
        call.MadeBefore = made;
        return await handleAsync();
    }

    private IResult Replay(KeptAnswer kept, RouteFacts facts)
    {
        var content = kept.Secrecy switch
        {
            AnswerSecrecy.None => kept.Content,
            AnswerSecrecy.Encrypted => secrets.TryUnseal(Purpose, kept.Content),
            _ => null,
        };
        return content is null
            ? Answers.Problem(NotKept)
            : new ReplayedAnswer(
                new RepeatableAnswer(kept.Status, content, facts.BearsSecret, kept.Location, kept.Tag));
    }

    /// <summary>Without a key to encrypt with, of an answer about a person only the place is kept.</summary>
    private KeptAnswer ToKeep(RepeatableAnswer answer, RouteFacts facts)
    {
        var (content, secrecy) = secrets.CanKeep ? (secrets.Seal(Purpose, answer.Content), AnswerSecrecy.Encrypted)
            : answer.IsSecret ? ([], AnswerSecrecy.NotKept)
            : (facts.ShowsPerson ? [] : answer.Content, AnswerSecrecy.None);
        return new KeptAnswer(answer.Status, content, secrecy, answer.Location, answer.Tag);
    }

    private RequestLease NewLease()
    {
        var now = Now;
        return new RequestLease(ids.New("holder_"), now, now + Lease, now + Lifetime);
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>A secret is shown again only to the API key that asked for it, everything else to its tenant.</summary>
    private static string IdOf(ApiCall call, RouteFacts facts)
    {
        var owner = facts.BearsSecret ? $"{call.Tenant}\n{call.CallerKey?.Id}" : call.Tenant;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{call.Key}")));
    }
}
