using System.Text.Json;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Messages between the customer and the seller of a subscription.</summary>
public sealed class SubscriptionMessageTests : IAsyncLifetime
{
    private const string Messages = "/v1/subscriptions/s/messages";

    private TestGateway gateway = null!;
    private ApiClient customer = null!;
    private ApiClient seller = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");
        customer = await gateway.AsCustomerAsync("alice");
        seller = await gateway.AsSellerAsync("acme");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Who_writes_is_who_is_signed_in_and_all_read_the_same_oldest_first()
    {
        await SendAsync(customer, "Where is my book?\nAlice");
        await gateway.AdvanceAsync("2024-02-01T00:00:00Z");
        await SendAsync(seller, "On its way.");
        await SendAsync(gateway.Admin, "We watch.");

        foreach (var reader in (ApiClient[])[customer, seller, gateway.Admin])
        {
            Assert.Equal(
                ["customer: Where is my book?\nAlice", "seller: On its way.", "administrator: We watch."],
                (await reader.GetAsync(Messages)).Expect(200).Data.Select(Text));
        }

        var second = (await seller.GetAsync(Messages)).Expect(200).Data.ElementAt(1);
        Assert.Equal("2024-02-01T00:00:00Z", second.GetProperty("at").GetString());
    }

    /// <summary>The text is the person's: the history names only the message.</summary>
    [Fact]
    public async Task The_history_has_the_id_and_who_but_not_the_text()
    {
        var sent = await SendAsync(customer, "Something private");
        var events = (await seller.GetAsync("/v1/subscriptions/s/events")).Expect(200);
        Assert.DoesNotContain("private", events.Text, StringComparison.Ordinal);
        var last = events.Data.Last();
        Assert.Equal("message_sent", last.GetProperty("type").GetString());
        Assert.Equal(sent.String("id"), last.GetProperty("data").GetProperty("message").GetString());
        Assert.Equal("customer", last.GetProperty("data").GetProperty("from").GetString());
        Assert.Equal(sent.Number("sequence"), last.GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task A_repeated_request_sends_nothing_and_shows_what_was_sent()
    {
        var first = (await customer.PostAsync(Messages, """{"text":"Once"}""", "k")).Expect(201);
        await SendAsync(seller, "Noted");
        var again = (await customer.PostAsync(Messages, """{"text":"Once"}""", "k")).Expect(201);
        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        (await customer.PostAsync(Messages, """{"text":"Twice"}""", "k")).ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");
        Assert.Equal(["customer: Once", "seller: Noted"], (await customer.GetAsync(Messages)).Expect(200).Data.Select(Text));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_after_the_end_there_is_still_something_to_say()
    {
        for (var n = 0; n < 5; n++) await SendAsync(customer, $"{n}");
        await gateway.AskAsync("s", "cancel", """{"at":"now"}""");
        await SendAsync(seller, "A pity");

        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = (await customer.GetAsync($"{Messages}?limit=4{(next is null ? "" : $"&cursor={next}")}")).Expect(200);
            seen.AddRange(page.Data.Select(Text));
            next = page.String("next_cursor");
        }
        while (next is not null);

        Assert.Equal(["customer: 0", "customer: 1", "customer: 2", "customer: 3", "customer: 4", "seller: A pity"], seen);
    }

    [Theory]
    [InlineData("{}", 400, "required", "text")]
    [InlineData("""{"text":null}""", 400, "required", "text")]
    [InlineData("""{"text":""}""", 422, "empty", "text")]
    [InlineData("""{"text":"a\u0007b"}""", 422, "invalid_text", "text")]
    [InlineData("""{"text":"a","from":"seller"}""", 400, "unknown_field", "from")]
    public async Task What_is_no_message_is_refused(string body, int status, string code, string field)
    {
        (await customer.PostAsync(Messages, body)).ExpectProblem(status, code, field);
        Assert.Empty((await customer.GetAsync(Messages)).Expect(200).Data);
    }

    [Fact]
    public async Task A_message_has_4000_characters_at_most_and_a_page_one_mebibyte()
    {
        (await SendTextAsync(new string('a', MessageRules.TextCharactersMax + 1))).ExpectProblem(422, "too_long", "text");
        var longest = string.Concat(Enumerable.Repeat("\U0001F600", MessageRules.TextCharactersMax));
        for (var n = 0; n < 70; n++) (await SendTextAsync(longest)).Expect(201);
        var page = (await customer.GetAsync($"{Messages}?limit=200")).Expect(200);
        Assert.InRange(page.Data.Count(), 2, 69);
        Assert.NotNull(page.String("next_cursor"));

        Task<Reply> SendTextAsync(string text) => customer.PostAsync(Messages, $$"""{"text":"{{text}}"}""");
    }

    [Fact]
    public async Task A_subscription_has_a_thousand_messages_at_most()
    {
        for (var n = 0; n < MessageRules.MessagesMax; n += 50)
            await Task.WhenAll(Enumerable.Range(0, 50).Select(m => SendAsync(gateway.Admin, $"{n + m}")));
        var refused = (await customer.PostAsync(Messages, """{"text":"one more"}""")).ExpectProblem(422, "too_many_messages", "text");
        Assert.Contains("1,000 messages", refused.String("detail"), StringComparison.Ordinal);
    }

    private static async Task<Reply> SendAsync(ApiClient by, string text) =>
        (await by.PostAsync(Messages, $$"""{"text":{{JsonSerializer.Serialize(text)}}}""")).Expect(201);

    private static string Text(JsonElement message) =>
        $"{message.GetProperty("from").GetString()}: {message.GetProperty("text").GetString()}";
}
