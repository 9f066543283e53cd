using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Repeating a request with its key gives the same answer and does nothing new.</summary>
public sealed class IdempotencyTests
{
    [Fact]
    public async Task A_repeated_creation_without_an_id_meets_the_same_subscription()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(trialDays: 7);
        var body = """{"offer_id":"gold_offer","customer":{"id":"alice"},"payment_method":{"token":"tok_ok"}}""";

        var first = (await gateway.Admin.PostAsync("/v1/subscriptions", body, "sign-up-1")).Expect(201);
        Assert.False(first.Replayed);
        await gateway.AdvanceAsync("2024-01-31T12:00:00Z");
        var again = (await gateway.Admin.PostAsync("/v1/subscriptions", body, "sign-up-1")).Expect(201);

        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        Assert.StartsWith("sub_", first.String("id"), StringComparison.Ordinal);
        Assert.Equal(30, first.String("id")!.Length);
        var other = (await gateway.Admin.PostAsync("/v1/subscriptions", body, "sign-up-2")).Expect(201);
        Assert.NotEqual(first.String("id"), other.String("id"));
        Assert.Equal(2, (await gateway.Admin.GetAsync("/v1/subscriptions")).Data.Count());
    }

    [Fact]
    public async Task A_key_with_another_body_or_path_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(trialDays: 7);
        var body = """{"offer_id":"gold_offer","customer":{"id":"alice"},"payment_method":{"token":"tok_ok"}}""";
        var id = (await gateway.Admin.PostAsync("/v1/subscriptions", body, "k")).Expect(201).String("id");

        (await gateway.Admin.PostAsync("/v1/subscriptions", body.Replace("alice", "bob", StringComparison.Ordinal), "k"))
            .ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");
        (await gateway.Admin.PostAsync($"/v1/subscriptions/{id}/cancel", """{"at":"now"}""", "k"))
            .ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");
        Assert.Equal("trialing", (await gateway.Admin.GetAsync($"/v1/subscriptions/{id}")).String("status"));
    }

    [Fact]
    public async Task A_replay_shows_the_subscription_as_the_command_left_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");
        var first = (await gateway.Admin.PostAsync("/v1/subscriptions/s/cancel", """{"at":"period_end"}""", "bye")).Expect(200);
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/uncancel", null, "stay")).Expect(200);

        var again = (await gateway.Admin.PostAsync("/v1/subscriptions/s/cancel", """{"at":"period_end"}""", "bye")).Expect(200);

        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        Assert.True((await gateway.Admin.GetAsync("/v1/subscriptions/s")).IsNull("cancel_at"));
    }

    [Fact]
    public async Task Keys_belong_to_their_tenant()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("a", seller: "acme", trialDays: 7);
        await gateway.SellAsync("b", seller: "other", trialDays: 7);
        var acme = await gateway.AsSellerAsync("acme");
        var other = await gateway.AsSellerAsync("other");

        var ofAcme = (await acme.PostAsync("/v1/subscriptions", """{"offer_id":"a_offer","customer":{"id":"alice"}}""", "1")).Expect(201);
        var ofOther = (await other.PostAsync("/v1/subscriptions", """{"offer_id":"b_offer","customer":{"id":"bob"}}""", "1")).Expect(201);

        Assert.NotEqual(ofAcme.String("id"), ofOther.String("id"));
        Assert.False(ofOther.Replayed);
    }

    [Fact]
    public async Task A_refused_command_is_judged_afresh_under_its_key()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/uncancel", null, "k")).ExpectProblem(409, "no_cancellation_scheduled");
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/cancel", """{"at":"period_end"}""")).Expect(200);
        Assert.False((await gateway.Admin.PostAsync("/v1/subscriptions/s/uncancel", null, "k")).Expect(200).Replayed);
    }

    [Theory]
    [InlineData(
        "/v1/products", """{"seller_id":"acme","name":"A","dunning":{"schedule_days":[1,2]}}""", """{"seller_id":"acme","name":"B"}""")]
    [InlineData(
        "/v1/plans", """{"product_id":"gold_product","name":"A","interval":{"unit":"day","count":1}}""",
        """{"product_id":"gold_product","name":"A","interval":{"unit":"day","count":2}}""")]
    [InlineData(
        "/v1/offers", """{"plan_id":"gold_plan","amount":1,"currency":"BRL"}""", """{"plan_id":"gold_plan","amount":2,"currency":"BRL"}""")]
    [InlineData(
        "/v1/products",
        """{"seller_id":"acme","name":"A","tax":{"inclusive":true,"rates":[{"name":"VAT","percent":1}]},"retention":""" +
        """{"offers":[{"id":"a","reasons":["no_time"],"pause_days":3}]}}""",
        """{"seller_id":"acme","name":"A","tax":{"inclusive":true,"rates":[{"name":"VAT","percent":2}]},"retention":""" +
        """{"offers":[{"id":"a","reasons":["no_time"],"pause_days":3}]}}""")]
    [InlineData(
        "/v1/offers",
        """{"plan_id":"gold_plan","amount":1,"currency":"BRL","addons":[{"id":"a","name":"A","amount":1}],"split":""" +
        """[{"role":"affiliate","percent":5}]}""",
        """{"plan_id":"gold_plan","amount":1,"currency":"BRL","addons":[{"id":"a","name":"A","amount":2}],"split":""" +
        """[{"role":"affiliate","percent":5}]}""")]
    [InlineData(
        "/v1/coupons", """{"seller_id":"acme","plan_ids":["gold_plan"],"percent":10,"duration":"once"}""",
        """{"seller_id":"acme","plan_ids":["gold_plan"],"percent":20,"duration":"once"}""")]
    public async Task Catalog_entries_are_made_once_for_a_key(string path, string body, string otherBody)
    {
        using var directory = new DataDirectory();
        Reply first;
        await using (var gateway = await TestGateway.StartInAsync(directory))
        {
            await gateway.SellAsync();
            first = (await gateway.Admin.PostAsync(path, body, "k")).Expect(201);
            var again = (await gateway.Admin.PostAsync(path, body, "k")).Expect(201);
            Assert.True(again.Replayed);
            Assert.Equal(first.Text, again.Text);
            (await gateway.Admin.PostAsync(path, otherBody, "k")).ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");

            var named = body.Insert(1, "\"id\":\"mine\",");
            (await gateway.Admin.PostAsync(path, named, "n")).Expect(201);
            Assert.True((await gateway.Admin.PostAsync(path, named, "n")).Expect(201).Replayed);
            (await gateway.Admin.PostAsync(path, otherBody.Insert(1, "\"id\":\"mine\","), "n"))
                .ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");
            Assert.Equal(409, (await gateway.Admin.PostAsync(path, otherBody.Insert(1, "\"id\":\"mine\","), "another")).Status);
            Assert.Equal(409, (await gateway.Admin.PostAsync(path, named)).Status);
        }

        // A restart forgets the keys, but not the objects created with them.
        await using var restarted = await TestGateway.StartInAsync(directory);
        Assert.Equal(first.Text, (await restarted.Admin.PostAsync(path, body, "k")).Expect(201).Text);
        (await restarted.Admin.PostAsync(path, otherBody, "k")).ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");
    }

    [Fact]
    public async Task Of_many_simultaneous_repeats_one_creates()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        var body = """{"offer_id":"gold_offer","customer":{"id":"alice"},"payment_method":{"token":"tok_ok"}}""";

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.Admin.PostAsync("/v1/subscriptions", body, "same")));

        Assert.All(replies, reply => reply.Expect(201));
        Assert.Single(replies, reply => !reply.Replayed);
        Assert.Single(replies.Select(reply => reply.String("id")).Distinct());
        await gateway.SettleAsync();
        Assert.Equal(2990, (await gateway.Admin.GetAsync($"/v1/subscriptions/{replies[0].String("id")}")).Number("lifetime_paid"));
    }

    [Theory]
    [InlineData("change-plan", """{"quantity":2,"at":"now"}""")]
    [InlineData("change-plan", """{"quantity":2,"at":"period_end"}""")]
    [InlineData("pause", """{"at":"now"}""")]
    [InlineData("billing-date", """{"date":"2024-03-05"}""")]
    [InlineData("apply-coupon", """{"coupon":"TEN"}""")]
    [InlineData("give", """{"recurrences":1}""")]
    [InlineData("retention", """{"reason":"no_time"}""")]
    [InlineData("invoices/1/refund", """{"amount":10}""")]
    public async Task Every_command_is_replayed_under_its_key(string command, string body)
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(
            productFields: ",\"retention\":{\"offers\":[{\"id\":\"rest\",\"pause_days\":3}]}",
            offerFields: ",\"meters\":[{\"id\":\"calls\",\"name\":\"Calls\",\"aggregation\":\"sum\",\"pricing\":\"per_unit\"," +
                "\"price\":{\"amount\":1}}]");
        (await gateway.Admin.PostAsync("/v1/coupons", """{"id":"TEN","seller_id":"acme","percent":10,"duration":"once"}""")).Expect(201);
        await gateway.SubscribeAsync("s");
        var path = $"/v1/subscriptions/s/{command}";

        var first = (await gateway.Admin.PostAsync(path, body, "k")).Expect(200);
        await gateway.SettleAsync();
        var settled = (await gateway.ReadAsync("s")).Text;
        var again = (await gateway.Admin.PostAsync(path, body, "k")).Expect(200);

        Assert.False(first.Replayed);
        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        (await gateway.Admin.PostAsync(path, body + " ", "k")).ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");
        Assert.Equal(settled, (await gateway.ReadAsync("s")).Text);
    }

    [Theory]
    [InlineData("pause", """{"at":"now"}""", "resume")]
    [InlineData("change-plan", """{"quantity":2,"at":"period_end"}""", "undo-plan-change")]
    [InlineData("retention", null, "retention/accept")]
    public async Task What_undoes_or_accepts_is_replayed_too(string before, string? body, string command)
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(
            productFields: ",\"retention\":{\"offers\":[{\"id\":\"half\",\"discount\":{\"percent\":50,\"recurrences\":1}}]}");
        await gateway.SubscribeAsync("s");
        (await gateway.Admin.PostAsync($"/v1/subscriptions/s/{before}", body)).Expect(200);

        var first = (await gateway.Admin.PostAsync($"/v1/subscriptions/s/{command}", null, "k")).Expect(200);
        var again = (await gateway.Admin.PostAsync($"/v1/subscriptions/s/{command}", null, "k")).Expect(200);

        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
    }
}
