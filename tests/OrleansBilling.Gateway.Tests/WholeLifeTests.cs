using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The life of a subscription, as a caller sees it.</summary>
public sealed class WholeLifeTests
{
    [Fact]
    public async Task A_subscription_lives_through_trial_renewal_dunning_recovery_cancellation_and_reactivation()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(trialDays: 7);
        var admin = gateway.Admin;

        // Sign-up with a trial.
        var created = (await admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("life"))).Expect(201);
        Assert.Equal("trialing", created.String("status"));
        Assert.Equal("2024-02-07T00:00:00Z", created.String("trial_end"));
        Assert.Equal("2024-02-07T00:00:00Z", created.String("next_billing_at"));
        Assert.True(created.IsNull("current_period"));
        Assert.True(created.IsNull("cancel_at"));
        Assert.True(created.IsNull("metadata"));

        // The trial converts, and the first period is paid.
        await gateway.AdvanceAsync("2024-02-07T00:00:00Z");
        var converted = await ReadAsync(gateway, "active");
        Assert.Equal("2024-02-07T00:00:00Z", converted.Json.GetProperty("current_period").GetProperty("start").GetString());
        Assert.Equal("2024-03-07T00:00:00Z", converted.String("next_billing_at"));
        Assert.Equal(2990, converted.Number("lifetime_paid"));

        // The subscription renews.
        await gateway.AdvanceAsync("2024-03-07T00:00:00Z");
        Assert.Equal(2, (await ReadAsync(gateway, "active")).Number("paid_recurrences"));

        // The next card is declined twice and then works: day 0, day 1, day 4.
        (await admin.PostAsync("/v1/subscriptions/life/payment-method", """{"token":"tok_decline_2"}""")).Expect(200);
        await gateway.AdvanceAsync("2024-04-07T00:00:00Z");
        var overdue = await ReadAsync(gateway, "past_due");
        Assert.Equal(1, overdue.Json.GetProperty("retry").GetProperty("attempt").GetInt32());
        Assert.Equal("2024-04-08T00:00:00Z", overdue.Json.GetProperty("retry").GetProperty("next_at").GetString());
        Assert.Equal("do_not_honor", overdue.Json.GetProperty("retry").GetProperty("last_code").GetString());
        await gateway.AdvanceAsync("2024-04-11T00:00:00Z");
        var recovered = await ReadAsync(gateway, "active");
        Assert.True(recovered.IsNull("retry"));
        Assert.Equal("2024-05-07T00:00:00Z", recovered.String("next_billing_at"));

        // The subscription is canceled at period end, uncanceled, and canceled now.
        var scheduled = (
            await admin.PostAsync(
                "/v1/subscriptions/life/cancel", """{"at":"period_end","reason":"too_expensive","comment":"Até logo"}"""))
                .Expect(200);
        Assert.Equal("active", scheduled.String("status"));
        Assert.Equal("2024-05-07T00:00:00Z", scheduled.String("cancel_at"));
        Assert.True(scheduled.IsNull("next_billing_at"));
        Assert.Equal("too_expensive", scheduled.Json.GetProperty("cancellation").GetProperty("reason").GetString());
        var undone = (await admin.PostAsync("/v1/subscriptions/life/uncancel")).Expect(200);
        Assert.True(undone.IsNull("cancel_at"));
        Assert.Equal("2024-05-07T00:00:00Z", undone.String("next_billing_at"));
        (await admin.PostAsync("/v1/subscriptions/life/cancel", """{"at":"now","origin":"customer"}""")).Expect(200);
        var canceled = await ReadAsync(gateway, "canceled");
        Assert.Equal("2024-04-11T00:00:00Z", canceled.String("canceled_at"));
        Assert.Equal("customer", canceled.Json.GetProperty("cancellation").GetProperty("origin").GetString());
        Assert.True(canceled.Json.GetProperty("cancellation").GetProperty("voluntary").GetBoolean());
        Assert.True(canceled.IsNull("next_billing_at"));

        // Reactivated within the paid period, the subscription resumes it without a charge.
        (await admin.PostAsync("/v1/subscriptions/life/reactivate")).Expect(200);
        var going = await ReadAsync(gateway, "active");
        Assert.Equal(
            (3, "2024-05-07T00:00:00Z"),
            (going.Json.GetProperty("current_period").GetProperty("index").GetInt32(), going.String("next_billing_at")));

        // Reactivated after the period with another card, a new period is charged.
        (await admin.PostAsync("/v1/subscriptions/life/cancel", """{"at":"now"}""")).Expect(200);
        await gateway.AdvanceAsync("2024-05-11T00:00:00Z");
        (await admin.PostAsync("/v1/subscriptions/life/reactivate", """{"payment_method":{"token":"tok_ok"}}""")).Expect(200);
        await gateway.SettleAsync();
        var back = await ReadAsync(gateway, "active");
        Assert.Equal(4, back.Json.GetProperty("current_period").GetProperty("index").GetInt32());
        Assert.Equal("2024-06-11T00:00:00Z", back.String("next_billing_at"));
        Assert.True(back.IsNull("canceled_at"));

        // The invoices match.
        var invoices = (await admin.GetAsync("/v1/subscriptions/life/invoices")).Expect(200).Data.ToList();
        Assert.Equal(["life:1", "life:2", "life:3", "life:4"], invoices.Select(i => i.GetProperty("id").GetString()));
        Assert.All(invoices, i => Assert.Equal("paid", i.GetProperty("status").GetString()));
        Assert.Equal(
            ["declined", "declined", "succeeded"],
            invoices[2].GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_subscription_can_be_seen_as_it_was()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(trialDays: 7);
        (await gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("past"))).Expect(201);
        await gateway.AdvanceAsync("2024-03-10T00:00:00Z");

        Assert.Equal("trialing", (await AsOf("2024-02-01T00:00:00Z")).Expect(200).String("status"));
        Assert.Equal("trialing", (await AsOf("2024-02-06T23:59:59.999Z")).Expect(200).String("status"));
        var first = (await AsOf("2024-02-07T03:00:00%2B03:00")).Expect(200);
        Assert.Equal("active", first.String("status"));
        Assert.Equal(2990, first.Number("lifetime_paid"));
        Assert.Equal(5980, (await AsOf("2024-03-10T00:00:00Z")).Expect(200).Number("lifetime_paid"));
        (await AsOf("2024-01-30T23:59:59Z")).ExpectProblem(404, "subscription_not_found");
        (await AsOf("yesterday")).ExpectProblem(422, "invalid_instant", "as_of");

        Task<Reply> AsOf(string instant) => gateway.Admin.GetAsync($"/v1/subscriptions/past?as_of={instant}");
    }

    [Fact]
    public async Task A_trial_can_be_extended_and_ended()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(trialDays: 7);
        var admin = gateway.Admin;
        (await admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("trial"))).Expect(201);

        Assert.Equal(
            "2024-02-10T00:00:00Z",
            (await admin.PostAsync("/v1/subscriptions/trial/extend-trial", """{"days":3}""")).Expect(200).String("trial_end"));
        Assert.Equal(
            "2024-02-12T12:00:00Z",
            (await admin.PostAsync("/v1/subscriptions/trial/extend-trial", """{"trial_end":"2024-02-12T09:00:00-03:00"}""")).Expect(200)
                .String("trial_end"));
        (await admin.PostAsync("/v1/subscriptions/trial/end-trial", "{}")).Expect(200);
        await gateway.SettleAsync();

        var paid = (await admin.GetAsync("/v1/subscriptions/trial")).Expect(200);
        Assert.Equal("active", paid.String("status"));
        Assert.Equal("2024-02-29T00:00:00Z", paid.String("next_billing_at"));
    }

    [Fact]
    public async Task An_overdue_recurrence_can_be_reprocessed()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        Assert.Equal("active", (await gateway.SubscribeAsync("late")).String("status"));
        (await gateway.Admin.PostAsync("/v1/subscriptions/late/payment-method", """{"payment_method":{"token":"tok_decline_1"}}"""))
            .Expect(200);
        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        Assert.Equal("past_due", (await gateway.Admin.GetAsync("/v1/subscriptions/late")).String("status"));

        (await gateway.Admin.PostAsync("/v1/subscriptions/late/retry")).Expect(200);
        await gateway.SettleAsync();

        Assert.Equal("active", (await gateway.Admin.GetAsync("/v1/subscriptions/late")).String("status"));
    }

    [Fact]
    public async Task A_fixed_number_of_recurrences_has_a_last_one()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(planFields: ",\"recurrences\":2");
        Assert.Equal("2024-02-29T00:00:00Z", (await gateway.SubscribeAsync("two")).String("next_billing_at"));

        await gateway.AdvanceAsync("2024-03-01T00:00:00Z");
        Assert.True((await gateway.Admin.GetAsync("/v1/subscriptions/two")).IsNull("next_billing_at"));
        await gateway.AdvanceAsync("2024-04-01T00:00:00Z");
        Assert.Equal("completed", (await gateway.Admin.GetAsync("/v1/subscriptions/two")).String("status"));
    }

    [Fact]
    public async Task A_start_in_the_future_waits_for_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        var body =
            """
            {"id":"later","offer_id":"gold_offer","customer":{"id":"alice"},"payment_method":{"token":"tok_ok"},"trial_days":2,
             "start_at":"2024-02-10T00:00:00Z","metadata":{"b":"2","a":"1"}}
            """;
        var created = (await gateway.Admin.PostAsync("/v1/subscriptions", body)).Expect(201);
        Assert.Equal("pending", created.String("status"));
        Assert.Equal("2024-02-12T00:00:00Z", created.String("next_billing_at"));
        Assert.True(created.IsNull("started_at"));
        Assert.Equal("1", created.Json.GetProperty("metadata").GetProperty("a").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, created.Json.GetProperty("customer").GetProperty("email").ValueKind);

        await gateway.AdvanceAsync("2024-02-10T00:00:00Z");
        Assert.Equal("trialing", (await gateway.Admin.GetAsync("/v1/subscriptions/later")).String("status"));
    }

    private static async Task<Reply> ReadAsync(TestGateway gateway, string status)
    {
        var reply = (await gateway.Admin.GetAsync("/v1/subscriptions/life")).Expect(200);
        Assert.Equal(status, reply.String("status"));
        return reply;
    }
}
