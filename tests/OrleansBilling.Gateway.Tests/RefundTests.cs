using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Refunds of invoices and their credit notes. Prices are net; 10 % tax is added.</summary>
public sealed class RefundTests : IAsyncLifetime
{
    private const string Refund = "/v1/subscriptions/s/invoices/1/refund";

    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(
            amount: 10_000, productFields: ",\"tax\":{\"inclusive\":false,\"rates\":[{\"name\":\"VAT\",\"percent\":10}]}");
        await gateway.SubscribeAsync("s");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Parts_go_back_to_the_payment_method_or_to_credit_and_each_has_its_credit_note()
    {
        (await gateway.Admin.PostAsync(Refund, """{"amount":1100,"reason":"A day without service"}""")).Expect(200);
        await gateway.SettleAsync();
        var credited = await gateway.AskAsync("s", "invoices/1/refund", """{"amount":2200,"to":"credit"}""");
        Assert.Equal(2200, credited.Number("credit"));
        Assert.Equal(9900, credited.Number("lifetime_paid"));

        var notes = (await gateway.Admin.GetAsync("/v1/subscriptions/s/credit-notes")).Expect(200);
        Assert.Equal(
            """{"data":[{"id":"s:credit-note-1","subscription_id":"s","seller_id":"acme","customer_id":"alice","number":1,"invoice":1""" +
            ""","to":"payment_method","currency":"BRL","amount":1100,"tax":100""" +
            ""","reason":"A day without service","at":"2024-01-31T00:00:00Z"},""" +
            """{"id":"s:credit-note-2","subscription_id":"s","seller_id":"acme","customer_id":"alice","number":2,"invoice":1""" +
            ""","to":"credit","currency":"BRL","amount":2200,"tax":200,"reason":null,"at":"2024-01-31T00:00:00Z"}],"next_cursor":null}""",
            notes.Text);
        var invoice = (await gateway.InvoicesAsync("s"))[0];
        Assert.Equal(11_000, Catalog.Total(invoice));
        Assert.Equal(11_000, invoice.GetProperty("paid").GetInt64());
        Assert.Equal(3300, invoice.GetProperty("refunded").GetInt64());

        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        Assert.Equal(["recurrence 10000", "tax 1000", "credit_applied -2200"], Catalog.LinesOf((await gateway.InvoicesAsync("s"))[1]));
    }

    [Fact]
    public async Task Without_an_amount_all_that_is_left_goes_back()
    {
        (await gateway.Admin.PostAsync(Refund, """{"amount":1}""")).Expect(200);
        await gateway.SettleAsync();
        (await gateway.Admin.PostAsync(Refund)).Expect(200);
        await gateway.SettleAsync();
        Assert.Equal(0, (await gateway.ReadAsync("s")).Number("lifetime_paid"));
        (await gateway.Admin.PostAsync(Refund)).ExpectProblem(409, "nothing_to_refund", "invoice");
        Assert.Equal([1L, 10_999], await AmountsAsync(""));
    }

    [Fact]
    public async Task Credit_notes_come_in_pages()
    {
        for (var n = 1; n <= 5; n++)
        {
            (await gateway.Admin.PostAsync(Refund, $$"""{"amount":{{n}}}""")).Expect(200);
            await gateway.SettleAsync();
        }

        var first = (await gateway.Admin.GetAsync("/v1/subscriptions/s/credit-notes?limit=3")).Expect(200);
        Assert.Equal([1L, 2, 3], first.Data.Select(note => note.GetProperty("amount").GetInt64()));
        Assert.Equal([4L, 5], await AmountsAsync($"?limit=3&cursor={first.String("next_cursor")}"));
    }

    [Fact]
    public async Task A_refund_that_the_provider_refuses_leaves_no_credit_note()
    {
        await gateway.SubscribeAsync("stuck", token: "tok_refund_declined");
        (await gateway.Admin.PostAsync("/v1/subscriptions/stuck/invoices/1/refund")).Expect(200);
        await gateway.SettleAsync();
        Assert.Empty((await gateway.Admin.GetAsync("/v1/subscriptions/stuck/credit-notes")).Expect(200).Data);
        Assert.Equal(11_000, (await gateway.ReadAsync("stuck")).Number("lifetime_paid"));
    }

    [Fact]
    public async Task Lines_of_an_invoice_go_back_by_themselves()
    {
        (await gateway.Admin.PostAsync(Refund, """{"lines":[{"line":1,"amount":2200}]}""")).Expect(200);
        await gateway.SettleAsync();
        Assert.Equal([2200L], await AmountsAsync(""));
    }

    [Fact]
    public async Task What_was_paid_before_a_change_that_was_declined_goes_back_with_the_cancellation()
    {
        await gateway.SubscribeAsync("up", token: "tok_ok");
        await gateway.AskAsync("up", "payment-method", """{"token":"tok_insufficient_funds"}""");
        await gateway.AskAsync("up", "change-plan", """{"at":"now","quantity":2}""");
        Assert.Equal("past_due", (await gateway.ReadAsync("up")).String("status"));

        await gateway.AskAsync("up", "cancel", """{"at":"now","refund":"prorated"}""");
        Assert.Equal(
            (0L, "canceled"), ((await gateway.ReadAsync("up")).Number("lifetime_paid"), (await gateway.ReadAsync("up")).String("status")));
        Assert.Equal(["paid", "void"], (await gateway.InvoicesAsync("up")).Select(invoice => invoice.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_cancellation_with_a_refund_has_its_credit_note_too()
    {
        await gateway.AskAsync("s", "cancel", """{"at":"now","refund":"full"}""");
        var note = Assert.Single((await gateway.Admin.GetAsync("/v1/subscriptions/s/credit-notes")).Expect(200).Data);
        Assert.Equal(11_000, note.GetProperty("amount").GetInt64());
        Assert.Equal(1000, note.GetProperty("tax").GetInt64());
        Assert.Equal("cancellation", note.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("s/invoices/2/refund", "{}", 404, "invoice_not_found", "invoice")]
    [InlineData("s/invoices/x/refund", "{}", 404, "invoice_not_found", "invoice")]
    [InlineData("s/invoices/-1/refund", "{}", 404, "invoice_not_found", "invoice")]
    [InlineData("nobody/invoices/1/refund", "{}", 404, "subscription_not_found", null)]
    [InlineData("s/invoices/1/refund", """{"amount":0}""", 422, "out_of_range", "amount")]
    [InlineData("s/invoices/1/refund", """{"amount":11001}""", 422, "refund_too_large", "amount")]
    [InlineData("s/invoices/1/refund", """{"lines":[]}""", 422, "out_of_range", "lines")]
    [InlineData("s/invoices/1/refund", """{"lines":[{"line":0,"amount":1}]}""", 422, "out_of_range", "lines[0].line")]
    [InlineData("s/invoices/1/refund", """{"lines":[{"line":9,"amount":1}]}""", 422, "unknown_line", "lines")]
    [InlineData("s/invoices/1/refund", """{"lines":[{"line":1,"amount":11001}]}""", 422, "line_refund_too_large", "lines")]
    [InlineData("s/invoices/1/refund", """{"amount":2,"lines":[{"line":1,"amount":1}]}""", 422, "lines_do_not_sum", "lines")]
    [InlineData("s/invoices/1/refund", """{"to":"me"}""", 422, "invalid_value", "to")]
    [InlineData("s/invoices/1/refund", """{"reason":"\u0000"}""", 422, "invalid_text", "reason")]
    public async Task What_cannot_go_back_is_refused(string path, string body, int status, string code, string? field) =>
        (await gateway.Admin.PostAsync($"/v1/subscriptions/{path}", body)).ExpectProblem(status, code, field);

    private async Task<IEnumerable<long>> AmountsAsync(string query) =>
        (await gateway.Admin.GetAsync($"/v1/subscriptions/s/credit-notes{query}"))
            .Expect(200).Data.Select(note => note.GetProperty("amount").GetInt64());
}
