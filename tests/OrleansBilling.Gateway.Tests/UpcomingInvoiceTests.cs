using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The next invoice as things stand is the one that is issued if nothing else happens.</summary>
public sealed class UpcomingInvoiceTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(
            "a",
            productFields: ",\"tax\":{\"inclusive\":false,\"rates\":[{\"country\":\"BR\",\"name\":\"ISS\",\"percent\":5}]}",
            offerFields:
                ",\"meters\":[{\"id\":\"calls\",\"name\":\"Calls\",\"aggregation\":\"sum\",\"pricing\":\"per_unit\"," +
                "\"price\":{\"amount\":10}}],\"addons\":[{\"id\":\"x\",\"name\":\"X\",\"amount\":500}]");
        (await gateway.Admin.PostAsync(
            "/v1/coupons", """{"id":"half","seller_id":"acme","percent":50,"duration":"repeating","recurrences":3}""")).Expect(201);
        (await gateway.Admin.PostAsync("/v1/customers", """{"id":"alice","country":"BR"}""")).Expect(201);
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task It_equals_the_invoice_of_the_next_period_to_the_cent()
    {
        await gateway.SubscribeAsync("s", "a_offer", fields: ",\"addons\":[{\"id\":\"x\"}],\"coupon\":\"half\"");
        await gateway.AskAsync("s", "usage", """{"events":[{"id":"u","meter":"calls","quantity":7}]}""");
        await gateway.AskAsync("s", "change-plan", """{"quantity":2,"at":"period_end"}""");

        var version = (await gateway.ReadAsync("s")).Number("version");
        var upcoming = await UpcomingAsync("s");
        Assert.Equal(version, (await gateway.ReadAsync("s")).Number("version"));
        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");

        var issued = (await gateway.InvoicesAsync("s"))[^1];
        Assert.Contains(Catalog.LinesOf(issued), line => line == "usage 70");
        Assert.Equal(Catalog.LinesOf(issued), Catalog.LinesOf(upcoming.Json));
        Assert.Equal(Catalog.Total(issued), upcoming.Number("total"));
        Assert.Equal(issued.GetProperty("period").GetRawText(), upcoming.Json.GetProperty("period").GetRawText());
    }

    [Fact]
    public async Task A_trial_shows_its_first_invoice_and_what_ends_shows_none()
    {
        await gateway.SellAsync("t", trialDays: 7);
        await gateway.SubscribeAsync("trial", "t_offer");
        await gateway.SubscribeAsync("leaves", "a_offer");
        await gateway.AskAsync("leaves", "cancel", """{"at":"period_end"}""");
        await gateway.SubscribeAsync("gone", "a_offer");
        await gateway.AskAsync("gone", "cancel", """{"at":"now"}""");

        var first = await UpcomingAsync("trial");
        Assert.Equal(2990, first.Number("total"));
        Assert.Equal("2024-02-07T00:00:00Z", first.Json.GetProperty("period").GetProperty("start").GetString());
        foreach (var id in new[] { "leaves", "gone" })
        {
            var none = await UpcomingAsync(id);
            Assert.True(none.IsNull("period"));
            Assert.Equal(0, none.Number("total"));
        }

        (await gateway.Admin.GetAsync("/v1/subscriptions/nothing/upcoming-invoice")).ExpectProblem(404, "subscription_not_found");
    }

    private async Task<Reply> UpcomingAsync(string id) =>
        (await gateway.Admin.GetAsync($"/v1/subscriptions/{id}/upcoming-invoice")).Expect(200);
}
