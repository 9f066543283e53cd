using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Tests;

/// <summary>
/// A POST that is no command of a subscription is done once for its idempotency key, and its repeats get the same answer, also after a
/// restart and with a secret.
/// </summary>
public sealed class RequestMemoryTests
{
    private const string Key = """{"role":"seller","seller_id":"acme","name":"shop"}""";
    private const string MasterKey = "--Billing:MasterKey=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    [Theory]
    [InlineData("/v1/api-keys", Key, """{"role":"seller","seller_id":"acme","name":"store"}""", "key")]
    [InlineData("/v1/customer-tokens", """{"customer_id":"alice"}""", """{"customer_id":"bob"}""", "token")]
    public async Task A_secret_is_made_once_and_shown_again_to_who_asked_for_it(string path, string body, string otherBody, string field)
    {
        using var directory = new DataDirectory();
        Reply first;
        await using (var gateway = await TestGateway.StartInAsync(directory, MasterKey))
        {
            first = (await gateway.Admin.PostAsync(path, body, "k")).Expect(201);
            var again = (await gateway.Admin.PostAsync(path, body, "k")).Expect(201);
            Assert.False(first.Replayed);
            Assert.True(again.Replayed);
            Assert.Equal(first.Text, again.Text);
            Assert.True(again.Headers.CacheControl!.NoStore);
            (await gateway.Admin.PostAsync(path, otherBody, "k")).ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");

            // Another administrator's request is another one, and gets another secret.
            var other = gateway.As((await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"admin"}""")).Expect(201).String("key"));
            Assert.NotEqual(first.String(field), (await other.PostAsync(path, body, "k")).Expect(201).String(field));
        }

        await using var restarted = await TestGateway.StartInAsync(directory, MasterKey);
        var later = (await restarted.Admin.PostAsync(path, body, "k")).Expect(201);
        Assert.Equal((true, first.Text), (later.Replayed, later.Text));
        (await restarted.As(first.String(field)).GetAsync("/v1/subscriptions")).Expect(200);
    }

    [Fact]
    public async Task A_version_of_an_offer_is_made_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        for (var time = 0; time < 2; time++)
        {
            var made = (await PutAsync("""{"amount":3990}""")).Expect(200);
            Assert.Equal((2, time > 0), (made.Number("version"), made.Replayed));
        }

        (await PutAsync("""{"amount":4990}""")).ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");
        Assert.Equal(2, (await gateway.Admin.GetAsync("/v1/offers/gold_offer")).Expect(200).Number("version"));

        Task<Reply> PutAsync(string body) => gateway.Admin.SendAsync(HttpMethod.Put, "/v1/offers/gold_offer", body, "k");
    }

    [Fact]
    public async Task A_version_that_was_made_but_not_remembered_is_not_made_again()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        var forgetful = new Forgetful(gateway.Port<IRequestMemory>());
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton<IRequestMemory>(forgetful));
        (await altered.Admin.SendAsync(HttpMethod.Put, "/v1/offers/gold_offer", """{"amount":3990}""", "k"))
            .ExpectProblem(503, "unavailable");
        Assert.Equal(2, (await gateway.Admin.GetAsync("/v1/offers/gold_offer")).Expect(200).Number("version"));

        var again = (await gateway.Admin.SendAsync(HttpMethod.Put, "/v1/offers/gold_offer", """{"amount":3990}""", "k")).Expect(200);
        Assert.Equal(2, again.Number("version"));
        Assert.Equal(3, (await gateway.Admin.PutAsync("/v1/offers/gold_offer", """{"amount":3990}""")).Expect(200).Number("version"));
    }

    [Fact]
    public async Task Of_many_at_once_one_makes_the_key()
    {
        await using var gateway = await TestGateway.StartAsync(MasterKey);
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.Admin.PostAsync("/v1/api-keys", Key, "same")));
        Assert.All(replies, reply => reply.Expect(201));
        Assert.Single(replies.Select(reply => reply.Text).Distinct());
        Assert.Single(replies, reply => !reply.Replayed);
        Assert.Single((await gateway.Admin.GetAsync("/v1/api-keys")).Expect(200).Data);
    }

    [Fact]
    public async Task What_was_done_but_not_remembered_is_done_again_without_a_second_key()
    {
        await using var gateway = await TestGateway.StartAsync(MasterKey);
        var forgetful = new Forgetful(gateway.Port<IRequestMemory>());
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton<IRequestMemory>(forgetful));
        (await altered.Admin.PostAsync("/v1/api-keys", Key, "k")).ExpectProblem(503, "unavailable");
        var lost = Assert.Single((await gateway.Admin.GetAsync("/v1/api-keys")).Expect(200).Data).GetProperty("id").GetString();

        var made = (await gateway.Admin.PostAsync("/v1/api-keys", Key, "k")).Expect(201);
        Assert.Equal(lost, made.String("id"));
        Assert.Single((await gateway.Admin.GetAsync("/v1/api-keys")).Expect(200).Data);
        (await gateway.As(made.String("key")).GetAsync("/v1/subscriptions")).Expect(200);
    }

    [Fact]
    public async Task A_rotation_whose_answer_was_lost_is_repeated_and_the_secret_of_before_still_signs_as_long()
    {
        await using var gateway = await TestGateway.StartAsync(MasterKey);
        (await gateway.Admin.PostAsync("/v1/webhook-endpoints", """{"id":"hook","url":"https://a.example"}""")).Expect(201);
        var forgetful = new Forgetful(gateway.Port<IRequestMemory>());
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton<IRequestMemory>(forgetful));
        const string Path = "/v1/webhook-endpoints/hook/rotate-secret";
        (await altered.Admin.PostAsync(Path, """{"overlap_hours":2}""", "k")).ExpectProblem(503, "unavailable");
        var until = (await gateway.Admin.GetAsync("/v1/webhook-endpoints/hook")).Expect(200).String("past_secret_until");

        var rotated = (await gateway.Admin.PostAsync(Path, """{"overlap_hours":2}""", "k")).Expect(200);
        Assert.NotNull(until);
        Assert.Equal((false, until), (rotated.Replayed, rotated.String("past_secret_until")));
        Assert.Equal(rotated.Text, (await gateway.Admin.PostAsync(Path, """{"overlap_hours":2}""", "k")).Expect(200).Text);
        (await gateway.Admin.PostAsync(Path, """{"overlap_hours":2}""", "other")).ExpectProblem(409, "secret_overlap_running");
    }

    [Fact]
    public async Task A_rotation_whose_answer_was_lost_is_repeated_with_its_condition()
    {
        await using var gateway = await TestGateway.StartAsync(MasterKey);
        (await gateway.Admin.PostAsync("/v1/webhook-endpoints", """{"id":"hook","url":"https://a.example"}""")).Expect(201);
        var forgetful = new Forgetful(gateway.Port<IRequestMemory>());
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton<IRequestMemory>(forgetful));
        (await RotateAsync(altered.Admin)).ExpectProblem(503, "unavailable");
        Assert.Equal("\"3\"", (await RotateAsync(gateway.Admin)).Expect(200).Headers.ETag?.ToString());

        static async Task<Reply> RotateAsync(ApiClient api)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/webhook-endpoints/hook/rotate-secret")
            {
                Content = new StringContent("""{"overlap_hours":2}""", System.Text.Encoding.UTF8, "application/json"),
            };
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
            request.Headers.TryAddWithoutValidation("Idempotency-Key", "k");
            return await api.SendAsync(request);
        }
    }

    [Fact]
    public async Task After_a_day_the_same_key_makes_another()
    {
        await using var gateway = await TestGateway.StartAsync(MasterKey);
        var first = (await gateway.Admin.PostAsync("/v1/api-keys", Key, "k")).Expect(201);
        await gateway.AdvanceAsync("2024-03-31T00:00:00Z");
        Assert.True((await gateway.Admin.PostAsync("/v1/api-keys", Key, "k")).Expect(201).Replayed);

        await using var tomorrow = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton<TimeProvider>(new Tomorrow()));
        var second = (await tomorrow.Admin.PostAsync("/v1/api-keys", Key, "k")).Expect(201);
        Assert.False(second.Replayed);
        Assert.NotEqual(first.String("id"), second.String("id"));
        (await gateway.As(first.String("key")).GetAsync("/v1/subscriptions")).Expect(200);
    }

    [Fact]
    public async Task Other_requests_are_remembered_too()
    {
        await using var gateway = await TestGateway.StartAsync(MasterKey);
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");
        await ExpectReplayAsync("/v1/messages/remove", """{"positions":[1]}""");
        await ExpectReplayAsync("/v1/quarantine/s/release", null);
        var advanced = await ExpectReplayAsync("/v1/clock/advance", """{"to":"2024-01-31T06:00:00Z"}""");
        await gateway.AdvanceAsync("2024-01-31T12:00:00Z");

        // Anew it would be refused, because the clock has moved on.
        var again = await gateway.Admin.PostAsync("/v1/clock/advance", """{"to":"2024-01-31T06:00:00Z"}""", "/v1/clock/advance");
        Assert.Equal((true, advanced.Text), (again.Expect(200).Replayed, again.Text));

        async Task<Reply> ExpectReplayAsync(string path, string? body)
        {
            var first = (await gateway.Admin.PostAsync(path, body, path)).Expect(200);
            var second = (await gateway.Admin.PostAsync(path, body, path)).Expect(200);
            Assert.Equal((false, true, first.Text), (first.Replayed, second.Replayed, second.Text));
            return first;
        }
    }

    [Fact]
    public async Task A_refused_request_is_judged_afresh_and_its_key_is_free()
    {
        await using var gateway = await TestGateway.StartAsync(MasterKey);
        (await gateway.Admin.PostAsync("/v1/plans", Plan("gold_product"), "k")).ExpectProblem(404, "product_not_found", "product_id");
        (await gateway.Admin.PostAsync("/v1/plans", Plan("other_product"), "k")).ExpectProblem(404, "product_not_found", "product_id");
        await gateway.SellAsync();
        (await gateway.Admin.PostAsync("/v1/plans", Plan("gold_product"), "k")).Expect(201);

        static string Plan(string product) =>
            $$$"""{"product_id":"{{{product}}}","name":"n","interval":{"unit":"day","count":1}}""";
    }

    [Fact]
    public async Task Keys_belong_to_their_tenant()
    {
        await using var gateway = await TestGateway.StartAsync(MasterKey);
        var acme = await gateway.AsSellerAsync("acme");
        var other = await gateway.AsSellerAsync("other");
        (await acme.PostAsync("/v1/products", """{"seller_id":"acme","name":"n"}""", "k")).Expect(201);
        Assert.False((await other.PostAsync("/v1/products", """{"seller_id":"other","name":"n"}""", "k")).Expect(201).Replayed);
        var sameSeller = await gateway.AsSellerAsync("acme");
        Assert.True((await sameSeller.PostAsync("/v1/products", """{"seller_id":"acme","name":"n"}""", "k")).Replayed);
    }

    private sealed class Tomorrow : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(1);
    }

    /// <summary>A memory whose database is lost whenever an answer is to be kept.</summary>
    private sealed class Forgetful(IRequestMemory inner) : IRequestMemory
    {
        public ValueTask<RequestClaim> ClaimAsync(RememberedRequest request, RequestLease lease, CancellationToken cancellationToken) =>
            inner.ClaimAsync(request, lease, cancellationToken);

        public ValueTask<bool> KeepAsync(string requestId, string holder, KeptAnswer answer, CancellationToken cancellationToken) =>
            throw new JournalUnavailableException("The database does not answer.");

        public ValueTask ForgetAsync(string requestId, string holder, CancellationToken cancellationToken) =>
            inner.ForgetAsync(requestId, holder, cancellationToken);

        public ValueTask LetGoAsync(string requestId, string holder, Instant now, CancellationToken cancellationToken) =>
            inner.LetGoAsync(requestId, holder, now, cancellationToken);

        public ValueTask<int> RemoveForgottenAsync(Instant now, int limit, CancellationToken cancellationToken) =>
            inner.RemoveForgottenAsync(now, limit, cancellationToken);
    }
}
