using System.Diagnostics;
using System.Text.Json;
using OrleansBilling.Gateway.Bulk;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;
using static OrleansBilling.Gateway.Tests.Harness.BulkStreams;

namespace OrleansBilling.Gateway.Tests;

/// <summary>POST /v1/commands: one answer per line, in order, while lines are still being sent.</summary>
public sealed class BulkTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(trialDays: 7);
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Every_type_of_command_goes_through()
    {
        var answers = await RunAsync(
            Line("subscribe", "s",
                "\"offer_id\":\"gold_offer\",\"customer\":{\"id\":\"alice\"},\"payment_method\":{\"token\":\"tok_ok\"}," +
                "\"metadata\":{\"a\":\"b\"}"),
            Line("extend_trial", "s", "\"days\":1"),
            Line("cancel", "s", "\"at\":\"period_end\",\"reason\":\"too_expensive\""),
            Line("uncancel", "s"),
            Line("payment_method", "s", "\"payment_method\":{\"token\":\"tok_decline_1\"}"),
            Line("end_trial", "s"),
            Line("cancel", "s", "\"at\":\"now\""),
            Line("retry", "s"));

        Assert.Equal([201, 200, 200, 200, 200, 200, 200, 409], answers.Select(Status));
        Assert.Equal(Enumerable.Range(1, 8), answers.Select(a => a.GetProperty("line").GetInt32()));
        Assert.All(answers, a => Assert.Equal("s", a.GetProperty("subscription_id").GetString()));
        var versions = answers.Take(7).Select(a => a.GetProperty("version").GetInt64()).ToList();
        Assert.Equal(versions.Order(), versions);
        Assert.Equal("subscription_ended", Code(answers[7]));

        await gateway.SettleAsync();
        var reactivated = await RunAsync(Line("reactivate", "s", "\"charge_now\":false"));
        Assert.Equal(200, Status(reactivated[0]));
        Assert.Equal("active", (await gateway.Admin.GetAsync("/v1/subscriptions/s")).String("status"));
    }

    [Fact]
    public async Task No_line_ends_the_stream_however_odd_its_characters_or_its_dates()
    {
        var answers = await RunAsync(
            "{\"\\ud800\":1}",
            "{\"type\":\"\\ud800\"}",
            Line("extend_trial", "s", "\"trial_end\":\"9999-12-31T23:59:59-01:00\""),
            Subscribe("last"));

        Assert.Equal([400, 400, 422, 201], answers.Select(Status));
    }

    [Fact]
    public async Task A_faulty_line_is_told_as_such_and_the_others_go_on()
    {
        var answers = await RunAsync(
            Subscribe("first"),
            "nonsense",
            "[]",
            "",
            "   ",
            "{}",
            Line("explode", "first"),
            "{\"type\":7}",
            Line("cancel", "first"),
            Line("cancel", "first", "\"at\":\"now\",\"days\":3"),
            "{\"type\":\"uncancel\"}",
            Line("cancel", "a b", "\"at\":\"now\""),
            Line("cancel", "nobody", "\"at\":\"now\""),
            Line("uncancel", "first", "\"idempotency_key\":\"with space\""),
            Line("subscribe", "x", "\"offer_id\":\"nothing\",\"customer\":{\"id\":\"a\"}"),
            Subscribe("first"),
            Subscribe("last") + "\r");

        Assert.Equal([1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17], answers.Select(a => a.GetProperty("line").GetInt32()));
        Assert.Equal([201, 400, 400, 400, 422, 400, 400, 400, 400, 422, 404, 422, 404, 409, 201], answers.Select(Status));
        Assert.Equal(
            [
                null, "malformed_json", "wrong_type", "required", "invalid_value", "wrong_type", "required", "unknown_field", "required",
                "invalid_id", "subscription_not_found", "invalid_idempotency_key", "offer_not_found", "subscription_exists", null,
            ],
            answers.Select(Code));
        Assert.Equal("days", answers[7].GetProperty("error").GetProperty("field").GetString());
        Assert.Equal("subscription_id", answers[8].GetProperty("error").GetProperty("field").GetString());
        Assert.Equal(JsonValueKind.Null, answers[1].GetProperty("subscription_id").ValueKind);
        foreach (var n in new[] { 4, 6, 7, 11 }) Assert.Equal("first", answers[n].GetProperty("subscription_id").GetString());
        Assert.Equal(JsonValueKind.Null, answers[9].GetProperty("subscription_id").ValueKind);
    }

    [Fact]
    public async Task A_line_over_64_KiB_is_refused_and_the_rest_goes_on()
    {
        var longest = Pad(Subscribe("longest"), LineSplitter.LineBytesMax);
        var answers = await RunAsync(
            Subscribe("before"),
            Pad(Subscribe("over"), LineSplitter.LineBytesMax + 1),
            longest,
            Pad(Subscribe("far_over"), 3_000_000),
            Subscribe("after"));

        Assert.Equal([201, 413, 201, 413, 201], answers.Select(Status));
        Assert.Equal([1, 2, 3, 4, 5], answers.Select(a => a.GetProperty("line").GetInt32()));
        Assert.Equal("line_too_large", Code(answers[1]));
        Assert.Equal(404, (await gateway.Admin.GetAsync("/v1/subscriptions/over")).Status);

        static string Pad(string line, int bytes) => line + new string(' ', bytes - line.Length);
    }

    [Fact]
    public async Task Five_thousand_lines_are_answered_in_order_and_the_body_may_be_larger_than_1_MiB()
    {
        var lines = Enumerable.Range(0, 5_000).Select(n => Subscribe($"many_{n:0000}") + new string(' ', 200)).ToArray();

        var answers = await RunAsync(lines);

        Assert.Equal(5_000, answers.Count);
        Assert.All(answers, a => Assert.Equal(201, Status(a)));
        Assert.Equal(lines.Select((_, n) => $"many_{n:0000}"), answers.Select(a => a.GetProperty("subscription_id").GetString()));
    }

    [Fact]
    public async Task Commands_for_one_subscription_run_in_the_order_of_their_lines()
    {
        var lines = new List<string>();
        for (var round = 0; round < 100; round++)
        {
            foreach (var id in (string[])["a", "b", "c"])
            {
                if (round == 0) lines.Add(Subscribe(id));
                else lines.Add(round % 2 == 1 ? Line("cancel", id, "\"at\":\"period_end\"") : Line("uncancel", id));
            }
        }

        var answers = await RunAsync([.. lines]);

        Assert.All(answers, a => Assert.InRange(Status(a), 200, 201));
        Assert.All(answers.GroupBy(a => a.GetProperty("subscription_id").GetString()), ofOne =>
            Assert.Equal(Enumerable.Range(2, 100).Select(n => (long)n), ofOne.Select(a => a.GetProperty("version").GetInt64())));
    }

    [Fact]
    public async Task Repeated_lines_answer_the_same_again()
    {
        var line = "{\"type\":\"subscribe\",\"idempotency_key\":\"k\",\"offer_id\":\"gold_offer\",\"customer\":{\"id\":\"alice\"}}";
        var answers = await RunAsync(
            line, line, line.Replace("alice", "bob", StringComparison.Ordinal), line.Replace("\"k\"", "\"l\"", StringComparison.Ordinal));

        Assert.Equal([201, 201, 422, 201], answers.Select(Status));
        Assert.Equal(answers[0].GetProperty("subscription_id").GetString(), answers[1].GetProperty("subscription_id").GetString());
        Assert.Equal(answers[0].GetProperty("version").GetInt64(), answers[1].GetProperty("version").GetInt64());
        Assert.False(answers[0].TryGetProperty("replayed", out _));
        Assert.True(answers[1].GetProperty("replayed").GetBoolean());
        Assert.Equal("idempotency_key_reused", Code(answers[2]));
        Assert.NotEqual(answers[0].GetProperty("subscription_id").GetString(), answers[3].GetProperty("subscription_id").GetString());
    }

    [Fact]
    public async Task Answers_come_while_the_caller_is_still_sending()
    {
        using var live = await LiveStream.OpenAsync(gateway);
        for (var n = 1; n <= 3; n++)
        {
            await live.SendAsync(Subscribe($"live_{n}"));
            var answer = await live.ReadAsync();
            Assert.Equal(n, answer!.Value.GetProperty("line").GetInt32());
            Assert.Equal(201, Status(answer.Value));
        }

        await live.EndAsync();
        Assert.Null(await live.ReadAsync());
    }

    [Fact]
    public async Task A_stream_that_breaks_off_leaves_what_was_sent_done()
    {
        using (var live = await LiveStream.OpenAsync(gateway))
        {
            await live.SendAsync(Subscribe("kept"));
            Assert.NotNull(await live.ReadAsync());
            await live.SendAsync(Subscribe("kept_too"));

            // The answer is never read. What the server has not read yet would be lost with the connection.
            await Eventually.EqualAsync(200, async () => (await gateway.Admin.GetAsync("/v1/subscriptions/kept_too")).Status);
        }

        (await gateway.Admin.GetAsync("/v1/subscriptions/kept_too")).Expect(200);
    }

    [Fact]
    public async Task A_stop_answers_what_was_read_and_cuts_the_stream_so_that_the_rest_is_known_to_be_undone()
    {
        var stopping = await TestGateway.StartAsync();
        await stopping.SellAsync(trialDays: 7);
        using var live = await LiveStream.OpenAsync(stopping);
        await live.SendAsync(Subscribe("before"));
        Assert.Equal(201, Status((await live.ReadAsync())!.Value));

        await stopping.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.False(await live.EndsWholeAsync());
    }

    [Fact]
    public async Task A_caller_that_does_not_read_is_made_to_wait_and_loses_nothing()
    {
        const int LinesMax = 400_000;
        var line = "{\"type\":\"explode\"}" + new string(' ', 1_000);
        var sent = 0;
        var enough = false;
        using var live = await LiveStream.OpenAsync(gateway);
        var sending = Task.Run(async () =>
        {
            while (!Volatile.Read(ref enough) && sent < LinesMax)
            {
                await live.SendAsync(line);
                Interlocked.Increment(ref sent);
            }

            await live.EndAsync();
        });

        var (before, still) = (-1, Stopwatch.StartNew());
        await Eventually.HoldsAsync(() =>
        {
            if (before != (before = Volatile.Read(ref sent))) still.Restart();
            return still.Elapsed > TimeSpan.FromMilliseconds(500);
        });

        Assert.True(Volatile.Read(ref sent) < LinesMax, "nothing held the caller back");
        Volatile.Write(ref enough, true);
        var read = 0;
        while (await live.ReadAsync() is { } answer) Assert.Equal(++read, answer.GetProperty("line").GetInt32());
        await sending;
        Assert.Equal(sent, read);
    }

    [Fact]
    public async Task The_stream_as_a_whole_is_refused_for_the_wrong_type_and_a_key_of_its_own_has_no_effect()
    {
        (await gateway.Admin.PostAsync("/v1/commands", Subscribe("s"))).ExpectProblem(415, "unsupported_media_type");
        (await gateway.Admin.SendAsync(HttpMethod.Post, "/v1/commands", Subscribe("s"), "key", "application/x-ndjson")).Expect(200);
        (await gateway.As("wrong").StreamAsync(Subscribe("s"))).ExpectProblem(401, "invalid_key");
        Assert.Equal("", (await gateway.Admin.StreamAsync("")).Expect(200).Text);
    }

    [Fact]
    public async Task Roles_hold_for_every_line()
    {
        await gateway.SellAsync("other", seller: "other", trialDays: 7);
        await RunAsync(Subscribe("mine"));
        var other = await gateway.AsSellerAsync("other");
        var alice = await gateway.AsCustomerAsync("alice");

        var bySeller = Answers(
            await other.StreamAsync(
                Line("cancel", "mine", "\"at\":\"now\""), Subscribe("theirs"), Subscribe("own", "other_offer", "bob")));
        var byCustomer = Answers(
            await alice.StreamAsync(
                Subscribe("new"), Line("extend_trial", "mine", "\"days\":1"), Line("cancel", "mine", "\"at\":\"period_end\"")));

        Assert.Equal(["subscription_not_found", "offer_not_found", null], bySeller.Select(Code));
        Assert.Equal(["forbidden", "forbidden", null], byCustomer.Select(Code));
    }

    private static string Subscribe(string id, string offer = "gold_offer", string customer = "alice") => Line(
        "subscribe", id,
        $"\"offer_id\":\"{offer}\",\"customer\":{{\"id\":\"{customer}\"}},\"payment_method\":{{\"token\":\"tok_ok\"}}");

    private async Task<List<JsonElement>> RunAsync(params string[] lines) => Answers(await gateway.Admin.StreamAsync(lines));
}
