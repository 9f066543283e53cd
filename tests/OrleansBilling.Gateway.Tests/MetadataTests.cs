using OrleansBilling.Gateway.Tests.Harness;
using static OrleansBilling.Gateway.Tests.Harness.BulkStreams;

namespace OrleansBilling.Gateway.Tests;

/// <summary>PATCH of a subscription changes the seller's own labels as a merge patch, and is a command like any other.</summary>
public sealed class MetadataTests : IAsyncLifetime
{
    private const string Patch = """{"metadata":{"tier":"silver","crm":null,"since":"2024"}}""";

    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s", fields: ",\"metadata\":{\"tier\":\"gold\",\"crm\":\"7\",\"note\":\"n\"}");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_name_with_a_value_is_set_one_with_null_is_removed_and_the_rest_stays()
    {
        var before = (await gateway.ReadAsync("s")).Number("version");
        var changed = (await PatchAsync(Patch)).Expect(200);

        Assert.Equal("""{"note":"n","since":"2024","tier":"silver"}""", Metadata(changed));
        Assert.Equal((before + 1, $"\"{before + 1}\""), (changed.Number("version"), changed.Headers.ETag?.ToString()));
        Assert.Equal(changed.Text, (await gateway.ReadAsync("s")).Text);
        Assert.Equal(
            changed.Json.GetProperty("metadata").GetRawText(),
            (await gateway.Admin.GetAsync("/v1/subscriptions")).Data.Single().GetProperty("metadata").GetRawText());

        Assert.Equal("null", Metadata((await PatchAsync("""{"metadata":null}""")).Expect(200)));
        Assert.Equal("""{"a":""}""", Metadata((await PatchAsync("""{"metadata":{"a":""}}""")).Expect(200)));
        Assert.Equal("null", Metadata((await PatchAsync("""{"metadata":{"a":null}}""")).Expect(200)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"metadata":{}}""")]
    [InlineData("""{"metadata":{"tier":"gold","unknown":null}}""")]
    public async Task What_changes_nothing_makes_no_version_and_no_event(string body)
    {
        var before = await gateway.ReadAsync("s");
        Assert.Equal(before.Text, (await PatchAsync(body)).Expect(200).Text);
        Assert.Equal(before.Text, (await gateway.ReadAsync("s")).Text);
        Assert.DoesNotContain("metadata_changed", await EventsAsync());
    }

    [Fact]
    public async Task The_history_has_the_whole_new_metadata_and_every_moment_its_own()
    {
        await gateway.AdvanceAsync("2024-02-01T00:00:00Z");
        (await PatchAsync(Patch)).Expect(200);
        await gateway.AdvanceAsync("2024-02-02T00:00:00Z");
        (await PatchAsync("""{"metadata":null}""")).Expect(200);

        var events = (await gateway.Admin.GetAsync("/v1/subscriptions/s/events")).Expect(200).Data
            .Where(e => e.GetProperty("type").GetString() == "metadata_changed").ToList();
        Assert.Equal(
            ["""{"metadata":{"note":"n","since":"2024","tier":"silver"}}""", "{}"], events.Select(e => e.GetProperty("data").GetRawText()));
        Assert.Equal("""{"crm":"7","note":"n","tier":"gold"}""", await MetadataOnAsync("2024-01-31T12:00:00Z"));
        Assert.Equal("""{"note":"n","since":"2024","tier":"silver"}""", await MetadataOnAsync("2024-02-01T12:00:00Z"));
        Assert.Equal("null", await MetadataOnAsync("2024-02-02T12:00:00Z"));

        async Task<string> MetadataOnAsync(string instant) =>
            Metadata((await gateway.Admin.GetAsync($"/v1/subscriptions/s?as_of={instant}")).Expect(200));
    }

    [Fact]
    public async Task Simultaneous_patches_of_different_names_keep_both()
    {
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => PatchAsync($$$"""{"metadata":{"key-{{{n}}}":"{{{n}}}","crm":null}}""")));
        Assert.All(replies, reply => reply.Expect(200));

        var metadata = (await gateway.ReadAsync("s")).Json.GetProperty("metadata").EnumerateObject().ToList();
        Assert.Equal(22, metadata.Count);
        Assert.All(Enumerable.Range(0, 20), n => Assert.Contains(metadata, pair => pair.Name == $"key-{n}"));
        Assert.Equal(20, replies.Select(reply => reply.Number("version")).Distinct().Count());
    }

    [Fact]
    public async Task Only_sellers_and_administrators_label_and_only_their_own()
    {
        var (seller, other) = (await gateway.AsSellerAsync("acme"), await gateway.AsSellerAsync("other"));
        var (alice, bob) = (await gateway.AsCustomerAsync("alice"), await gateway.AsCustomerAsync("bob"));
        var before = (await gateway.ReadAsync("s")).Text;

        (await PatchAsync(Patch, other)).ExpectProblem(404, "subscription_not_found");
        (await PatchAsync(Patch, alice)).ExpectProblem(403, "forbidden");
        (await PatchAsync(Patch, bob)).ExpectProblem(403, "forbidden");
        (await PatchAsync(Patch, gateway.As(null))).ExpectProblem(401, "unauthenticated");
        (await PatchAsync(Patch, id: "nobody")).ExpectProblem(404, "subscription_not_found");
        Assert.Equal(before, (await gateway.ReadAsync("s")).Text);

        (await PatchAsync(Patch, seller)).Expect(200);
        (await PatchAsync("""{"metadata":null}""")).Expect(200);
    }

    [Theory]
    [InlineData("now", "canceled")]
    [InlineData("period_end", "active")]
    public async Task What_is_canceled_can_still_be_labeled(string at, string status)
    {
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/cancel", $$"""{"at":"{{at}}"}""")).Expect(200);
        var changed = (await PatchAsync(Patch)).Expect(200);
        Assert.Equal((status, "silver"), (changed.String("status"), changed.Json.GetProperty("metadata").GetProperty("tier").GetString()));
    }

    [Fact]
    public async Task A_patch_is_done_on_the_version_that_its_caller_saw_and_once_for_a_key()
    {
        var tag = (await gateway.ReadAsync("s")).Headers.ETag!.ToString();
        var first = (await PatchAsync(Patch, key: "k", ifMatch: tag)).Expect(200);
        (await PatchAsync("""{"metadata":null}""", ifMatch: tag)).ExpectProblem(412, "version_mismatch", "If-Match");
        (await PatchAsync("{}", ifMatch: tag)).ExpectProblem(412, "version_mismatch", "If-Match");
        (await PatchAsync("{}", ifMatch: "seven")).ExpectProblem(422, "invalid_if_match", "If-Match");

        // Others may have changed it since; a repeat does not undo that, and precedes If-Match.
        (await PatchAsync("""{"metadata":{"tier":"gold"}}""", ifMatch: first.Headers.ETag!.ToString())).Expect(200);
        var again = (await PatchAsync(Patch, key: "k", ifMatch: tag)).Expect(200);
        Assert.Equal((false, true, first.Text), (first.Replayed, again.Replayed, again.Text));
        Assert.Equal("gold", (await gateway.ReadAsync("s")).Json.GetProperty("metadata").GetProperty("tier").GetString());
        (await PatchAsync("{}", key: "k")).ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");
        (await PatchAsync("{}", key: "not visible")).ExpectProblem(422, "invalid_idempotency_key", "Idempotency-Key");
    }

    public static TheoryData<string, int, string, string> Faults => new()
    {
        { """{"metadata":{"k":1}}""", 400, "wrong_type", "metadata.k" },
        { """{"metadata":["k"]}""", 400, "wrong_type", "metadata" },
        { """{"metadata":"k"}""", 400, "wrong_type", "metadata" },
        { """{"metadata":{"k":{"nested":"v"}}}""", 400, "wrong_type", "metadata.k" },
        { """{"metadata":{"k":"v"},"status":"active"}""", 400, "unknown_field", "status" },
        { """{"metadata":{"":"v"}}""", 422, "empty", "metadata." },
        { """{"metadata":{"k":"\u0007"}}""", 422, "invalid_text", "metadata.k" },
        { $$$"""{"metadata":{"{{{new string('k', 65)}}}":"v"}}""", 422, "too_long", $"metadata.{new string('k', 65)}" },
        { $$$"""{"metadata":{"k":"{{{new string('v', 501)}}}"}}""", 422, "too_long", "metadata.k" },
        { $$$"""{"metadata":{{{{Pairs(51)}}}}}""", 422, "too_long", "metadata" },
        { $$$"""{"metadata":{{{{Pairs(48)}}}}}""", 422, "too_long", "metadata" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_names_its_field_and_nothing_is_changed(string body, int status, string code, string field)
    {
        var before = (await gateway.ReadAsync("s")).Text;
        (await PatchAsync(body)).ExpectProblem(status, code, field);
        var line = Assert.Single(Answers(await gateway.Admin.StreamAsync(Line("metadata", "s", body[1..^1]))));
        Assert.Equal((status, code), (Status(line), Code(line)));
        Assert.Equal(field, line.GetProperty("error").GetProperty("field").GetString());
        Assert.Equal(before, (await gateway.ReadAsync("s")).Text);
    }

    [Fact]
    public async Task The_limit_counts_what_is_there_in_the_end()
    {
        (await PatchAsync($$$"""{"metadata":{{{{Pairs(47)}}}}}""")).Expect(200);
        (await PatchAsync("""{"metadata":{"one_more":"v"}}""")).ExpectProblem(422, "too_long", "metadata");
        (await PatchAsync("""{"metadata":{"one_more":"v","key-0":null}}""")).Expect(200);
        Assert.Equal(50, (await gateway.ReadAsync("s")).Json.GetProperty("metadata").EnumerateObject().Count());
    }

    [Fact]
    public async Task Lines_of_a_stream_do_the_same()
    {
        string[] lines =
        [
            Line("metadata", "s", "\"metadata\":{\"tier\":\"silver\",\"crm\":null},\"idempotency_key\":\"k\""),
            Line("metadata", "s"), Line("metadata", "nobody", "\"metadata\":null"),
            Line("metadata", "s", "\"metadata\":{\"tier\":\"silver\",\"crm\":null},\"idempotency_key\":\"k\""),
        ];
        var answers = Answers(await gateway.Admin.StreamAsync(lines));
        Assert.Equal([200, 200, 404, 200], answers.Select(Status));
        Assert.True(answers[3].GetProperty("replayed").GetBoolean());
        Assert.Equal(answers[0].GetProperty("version").GetInt64(), answers[1].GetProperty("version").GetInt64());
        Assert.Equal("""{"note":"n","tier":"silver"}""", Metadata(await gateway.ReadAsync("s")));

        Assert.Equal(
            403, Status(Assert.Single(Answers(await (await gateway.AsCustomerAsync("alice")).StreamAsync(
                Line("metadata", "s", "\"metadata\":null"))))));
        Assert.Equal(200, Status(Assert.Single(Answers(await gateway.Admin.StreamAsync(Line("metadata", "s", "\"metadata\":null"))))));
        Assert.Equal("null", Metadata(await gateway.ReadAsync("s")));
    }

    [Fact]
    public async Task The_media_type_of_a_merge_patch_is_taken_too() =>
        (await gateway.Admin.SendAsync(
            HttpMethod.Patch, "/v1/subscriptions/s", Patch, contentType: "application/merge-patch+json")).Expect(200);

    private static string Pairs(int count) => string.Join(',', Enumerable.Range(0, count).Select(n => $"\"key-{n}\":\"v\""));

    private static string Metadata(Reply shown) => shown.Json.GetProperty("metadata").GetRawText();

    private async Task<List<string?>> EventsAsync() =>
        [.. (await gateway.Admin.GetAsync("/v1/subscriptions/s/events")).Data.Select(e => e.GetProperty("type").GetString())];

    private async Task<Reply> PatchAsync(
        string body, ApiClient? by = null, string id = "s", string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/subscriptions/{id}")
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await (by ?? gateway.Admin).SendAsync(request);
    }
}
