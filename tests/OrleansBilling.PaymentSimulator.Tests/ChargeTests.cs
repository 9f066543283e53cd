using System.Net;

namespace OrleansBilling.PaymentSimulator.Tests;

public sealed class ChargeTests : SimulatorTest
{
    [Fact]
    public async Task A_charge_is_answered_with_all_that_was_booked()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);

        var reply = await Client.ChargeAsync("subscription:1:1");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(
            ["key", "outcome", "code", "hard", "amount", "currency", "at", "reference"],
            reply.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("subscription:1:1", reply.Text("key"));
        Assert.Equal("succeeded", reply.Text("outcome"));
        Assert.Null(reply.Text("code"));
        Assert.False(reply.Json.GetProperty("hard").GetBoolean());
        Assert.Equal(2_990, reply.Number("amount"));
        Assert.Equal("BRL", reply.Text("currency"));
        Assert.EndsWith("Z", reply.Text("at"), StringComparison.Ordinal);
        Assert.InRange(reply.Json.GetProperty("at").GetDateTimeOffset(), before, DateTimeOffset.UtcNow.AddSeconds(1));
    }

    [Theory]
    [InlineData("tok_insufficient_funds", "insufficient_funds", false)]
    [InlineData("tok_lost_card", "lost_card", true)]
    [InlineData("no such token", "invalid_token", true)]
    public async Task A_decline_says_why_and_whether_trying_again_can_help(string token, string code, bool hard)
    {
        var reply = await Client.ChargeAsync("s:1:1", token);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("declined", reply.Text("outcome"));
        Assert.Equal(code, reply.Text("code"));
        Assert.Equal(hard, reply.Json.GetProperty("hard").GetBoolean());
    }

    [Fact]
    public async Task A_counted_decline_goes_by_the_number_of_the_attempt()
    {
        Assert.Equal("declined", (await Client.ChargeAsync("s:1:2", "tok_decline_2", attempt: 2)).Text("outcome"));
        Assert.Equal("succeeded", (await Client.ChargeAsync("s:1:3", "tok_decline_2", attempt: 3)).Text("outcome"));
    }

    [Fact]
    public async Task A_time_out_moves_the_money_but_tells_only_who_asks_again()
    {
        var first = await Client.ChargeAsync("s:1:1", "tok_timeout");
        Assert.Equal("unknown", first.Text("outcome"));
        Assert.Equal("timeout", first.Text("code"));
        Assert.Equal("succeeded", (await Client.ReadAsync("v1/charges/s:1:1")).Text("outcome"));

        var second = await Client.ChargeAsync("s:1:1", "tok_timeout");
        Assert.Equal("succeeded", second.Text("outcome"));
        Assert.Equal(first.Text("at"), second.Text("at"));
    }

    [Fact]
    public async Task Asking_again_with_the_same_key_repeats_the_booked_outcome_and_books_nothing()
    {
        var first = await Client.ChargeAsync("s:1:1", "tok_flaky_50");
        var second = await Client.ChargeAsync("s:1:1", "tok_flaky_50");

        Assert.Equal(first.Json.GetRawText(), second.Json.GetRawText());
        Assert.Equal(1, (await Client.ReadAsync("v1/book/summary")).Number("charges"));
        Assert.Equal(2, (await Client.ReadAsync("v1/charges/s:1:1")).Number("asks"));
    }

    [Theory]
    [InlineData("tok_lost_card", 2_990, "BRL", 1, "token")]
    [InlineData("tok_ok", 2_991, "BRL", 1, "amount")]
    [InlineData("tok_ok", 2_990, "EUR", 1, "currency")]
    [InlineData("tok_ok", 2_990, "BRL", 2, "attempt")]
    public async Task The_same_key_with_another_body_is_refused_and_not_counted(
        string token, long amount, string currency, int attempt, string field)
    {
        await Client.ChargeAsync("s:1:1");

        var reply = await Client.ChargeAsync("s:1:1", token, amount, currency, attempt);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal("key_reused", reply.Text("code"));
        Assert.Equal(field, reply.Text("field"));
        Assert.Equal(1, (await Client.ReadAsync("v1/charges/s:1:1")).Number("asks"));
    }

    [Fact]
    public async Task Many_at_once_with_one_key_are_booked_once()
    {
        const int Callers = 64;

        var replies = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Client.ChargeAsync("s:1:1")));

        Assert.All(replies, reply => Assert.Equal("succeeded", reply.Text("outcome")));
        Assert.Single(replies.Select(reply => reply.Text("at")).Distinct());
        var summary = await Client.ReadAsync("v1/book/summary");
        Assert.Equal(1, summary.Number("charges"));
        Assert.Equal(2_990, summary.Json.GetProperty("amount_by_currency").GetProperty("BRL").GetInt64());
        Assert.Equal(Callers, (await Client.ReadAsync("v1/charges/s:1:1")).Number("asks"));
    }

    [Fact]
    public async Task The_largest_amount_is_booked_and_summed()
    {
        for (var n = 1; n <= 20; n++)
            Assert.Equal(
                "succeeded",
                (await Client.PostTextAsync(
                    "v1/charges", $$"""{"key":"s:{{n}}:1","token":"tok_ok","amount":999999999999999999,"currency":"BRL","attempt":1}"""))
                        .Text("outcome"));

        var sum = (await Client.ReadAsync("v1/book/summary")).Json.GetProperty("amount_by_currency").GetProperty("BRL").GetRawText();
        Assert.Equal("19999999999999999980", sum);
    }

    [Theory]
    [InlineData("""{"token":"tok_ok","amount":1,"currency":"BRL","attempt":1}""", "key_invalid", "key")]
    [InlineData("""{"key":"a b","token":"tok_ok","amount":1,"currency":"BRL","attempt":1}""", "key_invalid", "key")]
    [InlineData("""{"key":"k","token":"","amount":1,"currency":"BRL","attempt":1}""", "token_invalid", "token")]
    [InlineData("""{"key":"k","token":"tok_ok","amount":0,"currency":"BRL","attempt":1}""", "amount_invalid", "amount")]
    [InlineData("""{"key":"k","token":"tok_ok","amount":1000000000000000000,"currency":"BRL","attempt":1}""", "amount_invalid", "amount")]
    [InlineData("""{"key":"k","token":"tok_ok","amount":1,"currency":"brl","attempt":1}""", "currency_invalid", "currency")]
    [InlineData("""{"key":"k","token":"tok_ok","amount":1,"currency":"BRL","attempt":0}""", "attempt_invalid", "attempt")]
    [InlineData("""{"key":"k","token":"tok_ok","amount":1,"currency":"BRL"}""", "attempt_invalid", "attempt")]
    [InlineData("""{"key":"k","token":"tok_ok","amount":1.5,"currency":"BRL","attempt":1}""", "body_invalid", "amount")]
    [InlineData("""{"key":"k","colour":"red"}""", "body_invalid", "colour")]
    [InlineData("""{"key":"k","key":"k"}""", "body_invalid", "key")]
    public async Task A_body_that_makes_no_sense_is_refused_by_field(string body, string code, string field)
    {
        var reply = await Client.PostTextAsync("v1/charges", body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal(code, reply.Text("code"));
        Assert.Equal(field, reply.Text("field"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"key" """)]
    public async Task A_body_that_is_no_json_object_is_refused(string body)
    {
        var reply = await Client.PostTextAsync("v1/charges", body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal("body_invalid", reply.Text("code"));
        Assert.False(reply.Has("field"));
    }

    [Fact]
    public async Task A_body_of_another_content_type_is_refused()
    {
        var reply = await Client.PostTextAsync("v1/charges", "{}", "text/plain");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.Status);
        Assert.Equal("content_type_invalid", reply.Text("code"));
    }

    [Fact]
    public async Task A_key_of_two_hundred_characters_is_the_longest()
    {
        Assert.Equal(HttpStatusCode.OK, (await Client.ChargeAsync(new string('k', 200))).Status);
        Assert.Equal("key_invalid", (await Client.ChargeAsync(new string('k', 201))).Text("code"));
    }

    [Theory]
    [InlineData("v1/charges/nobody:1:1", "charge_not_found")]
    [InlineData("v1/nothing", "not_found")]
    public async Task What_does_not_exist_is_a_problem_with_a_code(string path, string code)
    {
        var reply = await Client.ReadAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, reply.Status);
        Assert.Equal(code, reply.Text("code"));
    }

    [Fact]
    public async Task The_process_says_that_it_lives() =>
        Assert.Equal("live", await Client.GetStringAsync(new Uri("health/live", UriKind.Relative)));
}
