using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The answers when the runtime is unavailable, and when other edits keep winning.</summary>
public sealed class UnavailabilityTests
{
    [Theory]
    [InlineData("busy", 429)]
    [InlineData("unavailable", 503)]
    [InlineData("unknown", 503)]
    [InlineData("stopping", 503)]
    public async Task A_technical_reason_asks_for_a_repeat(string code, int status)
    {
        await using var gateway = await TestGateway.StartAsync();
        var unable = new FixedRuntime(_ => new CommandResult.Unavailable(code, "Try again."));
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton<IBillingRuntime>(unable));

        var reply = (await altered.Admin.PostAsync("/v1/subscriptions/s/uncancel")).ExpectProblem(status, code);
        Assert.Equal("1", reply.Headers.RetryAfter?.ToString());

        var line = JsonDocument.Parse(
            (await altered.Admin.StreamAsync("""{"type":"uncancel","subscription_id":"s"}""")).Expect(200).Text).RootElement;
        Assert.Equal(status, line.GetProperty("status").GetInt32());
        Assert.Equal(code, line.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(RefusalKind.Invalid, 422)]
    [InlineData(RefusalKind.NotFound, 404)]
    [InlineData(RefusalKind.Forbidden, 403)]
    [InlineData(RefusalKind.Conflict, 409)]
    [InlineData(RefusalKind.TooMany, 429)]
    [InlineData(RefusalKind.Outdated, 412)]
    internal void Every_kind_of_refusal_has_its_status(RefusalKind kind, int status) =>
        Assert.Equal(status, ApiErrors.From(new Refusal(kind, "code", "Detail.")).Status);

    [Fact]
    public async Task A_bug_in_one_line_is_not_the_end_of_the_others()
    {
        await using var gateway = await TestGateway.StartAsync();
        var buggy = new FixedRuntime(subscriptionId =>
            subscriptionId == "a"
                ? throw new InvalidOperationException("the password is swordfish")
                : new CommandResult.Refused(Refusal.NotTrialing));
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton<IBillingRuntime>(buggy));

        var text = (
            await altered.Admin.StreamAsync(
                """{"type":"end_trial","subscription_id":"a"}""", """{"type":"end_trial","subscription_id":"b"}""")).Expect(200).Text;

        Assert.Equal(
            [500, 409],
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("status").GetInt32()));
        Assert.DoesNotContain("swordfish", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_of_an_offer_that_never_wins_gives_up()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        var store = new LosingCatalog();
        await using var altered = await AlteredGateway.StartAsync(
            gateway, ports => ports.AddSingleton(new CatalogCache(store, TimeProvider.System)));

        (await altered.Admin.PutAsync("/v1/offers/o", """{"amount":1}""")).ExpectProblem(409, "conflict");
        Assert.Equal(32, store.Tries);
    }

    [Fact]
    public async Task Statistics_by_group_have_a_bound()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var altered = await AlteredGateway.StartAsync(
            gateway, ports => ports.AddSingleton<IStatisticsStore>(new ManyGroups()));

        (await altered.Admin.GetAsync("/v1/statistics/cancellations/monthly?group_by=offer&from=2024-01-01&to=2024-03-31"))
            .ExpectProblem(422, "too_many_rows", "group_by");
        Assert.Equal(
            5_000, (await altered.Admin.GetAsync("/v1/statistics/cancellations/monthly?group_by=offer&from=2024-01-01&to=2024-01-31"))
                .Expect(200).Data.Count());
    }

    [Theory]
    [InlineData("cancellations")]
    [InlineData("cancellations/monthly?group_by=offer")]
    [InlineData("cancellations/origins")]
    [InlineData("cancellations/daily")]
    [InlineData("summary")]
    [InlineData("mrr-movements")]
    [InlineData("forecast")]
    [InlineData("cohorts")]
    [InlineData("reasons")]
    [InlineData("affiliates")]
    public async Task Statistics_that_are_being_recounted_say_so_while_billing_runs(string question)
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await using var altered = await AlteredGateway.StartAsync(
            gateway, ports => ports.AddSingleton<IStatisticsStore>(new Rebuilding()));

        var problem = (await altered.Admin.GetAsync($"/v1/statistics/{question}")).ExpectProblem(503, "rebuilding");
        Assert.Contains("being recounted", problem.String("detail"), StringComparison.Ordinal);
        (await altered.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("s"))).Expect(201);
        (await altered.Admin.PostAsync("/v1/simulations", """{"months":1,"changes":{"dunning":{"max_retries":1}}}"""))
            .ExpectProblem(503, "rebuilding");
    }

    [Fact]
    public async Task A_redemption_is_kept_while_nobody_knows_what_became_of_the_command_and_met_again_by_its_repeat()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        (await gateway.Admin.PostAsync(
            "/v1/coupons", """{"id":"ONE","seller_id":"acme","percent":50,"duration":"once","redemptions_max":1}""")).Expect(201);
        var body = Catalog.Subscribe("s", fields: ",\"coupon\":\"ONE\"");
        var lost = new FixedRuntime(_ => new CommandResult.Unavailable("unknown", "The connection was lost."));
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton<IBillingRuntime>(lost));

        (await altered.Admin.PostAsync("/v1/subscriptions", body, "k")).ExpectProblem(503, "unknown");
        Assert.Equal(1, (await gateway.Admin.GetAsync("/v1/coupons/ONE")).Expect(200).Number("redemptions"));
        (await gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("t", fields: ",\"coupon\":\"ONE\"")))
            .ExpectProblem(409, "coupon_exhausted", "coupon");

        (await gateway.Admin.PostAsync("/v1/subscriptions", body, "k")).Expect(201);
        Assert.Equal(1, (await gateway.Admin.GetAsync("/v1/coupons/ONE")).Expect(200).Number("redemptions"));
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("stopping")]
    public async Task A_command_that_was_turned_away_gives_its_redemption_back(string code)
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        (await gateway.Admin.PostAsync("/v1/coupons", """{"id":"ONE","seller_id":"acme","percent":50,"duration":"once"}""")).Expect(201);
        var full = new FixedRuntime(_ => new CommandResult.Unavailable(code, "Come back."));
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton<IBillingRuntime>(full));

        Assert.Equal(
            code, (await altered.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("s", fields: ",\"coupon\":\"ONE\""))).Code);
        Assert.Equal(0, (await gateway.Admin.GetAsync("/v1/coupons/ONE")).Expect(200).Number("redemptions"));
    }

    [Fact]
    public async Task Without_its_coupons_the_gateway_says_so_and_does_nothing()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await using var altered = await AlteredGateway.StartAsync(
            gateway, ports => ports.AddSingleton<ICouponStore>(new LostCoupons()));
        var body = Catalog.Subscribe("s", fields: ",\"coupon\":\"ONE\"");

        (await altered.Admin.PostAsync("/v1/subscriptions", body)).ExpectProblem(503, "unavailable");
        var line = JsonDocument.Parse(
            (await altered.Admin.StreamAsync(
                body.Insert(1, "\"type\":\"subscribe\",").Replace("\"id\":\"s\",", "", StringComparison.Ordinal)))
                    .Expect(200).Text).RootElement;
        Assert.Equal(503, line.GetProperty("status").GetInt32());
        Assert.Empty((await gateway.Admin.GetAsync("/v1/subscriptions")).Expect(200).Data);
    }

    [Fact]
    public async Task A_gateway_is_not_ready_before_its_commands_have_somewhere_to_go()
    {
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.Admin.GetAsync("/health/ready")).Expect(200);
        var nowhere = new FixedRuntime(_ => new CommandResult.Unavailable("unavailable", "Nobody is there.")) { IsReady = false };
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton<IBillingRuntime>(nowhere));

        (await altered.Admin.GetAsync("/health/ready")).ExpectProblem(503, "not_ready");
        (await altered.Admin.GetAsync("/health/live")).Expect(200);
    }

    [Fact]
    public async Task An_invoice_that_waits_for_its_number_has_none_yet()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");
        await using var altered = await AlteredGateway.StartAsync(
            gateway, ports => ports.AddSingleton<IDocumentNumbers>(new UnnumberedDocuments()));

        Assert.Equal(
            JsonValueKind.Null,
            Assert.Single((await altered.Admin.GetAsync("/v1/subscriptions/s/invoices")).Expect(200).Data).GetProperty("number").ValueKind);
    }

    private sealed class FixedRuntime(Func<string, CommandResult> answer) : IBillingRuntime
    {
        public bool IsReady { get; init; } = true;

        public async ValueTask<CommandResult> ExecuteAsync(
            string subscriptionId, CommandEnvelope envelope, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return answer(subscriptionId);
        }
    }

    /// <summary>A store with one offer that never accepts another version of it.</summary>
    private sealed class LosingCatalog : ICatalogStore
    {
        public int Tries { get; private set; }

        public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken)
        {
            Tries++;
            return new(false);
        }

        public ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken) =>
            new(new Product("p", "acme", "P", "UTC", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel));

        public ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken) =>
            new(new Plan("pl", "p", "Pl", new BillingInterval(IntervalUnit.Month, 1), 0, null, null));

        public ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken) =>
            new(new Offer("o", version ?? 1, "pl", 1, "BRL"));
    }

    private sealed class ManyGroups : IStatisticsStore
    {
        public ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
            StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken) =>
            new([.. Enumerable.Range(0, 5_000)
                .Select(n => new StatisticRow(range.FromDay, "BRL", $"offer_{n}", Domain.Statistics.StatisticMetric.New, null, 1))]);

        public ValueTask<IReadOnlyDictionary<int, string>> FindNamesAsync(
            IReadOnlyCollection<int> numbers, CancellationToken cancellationToken) =>
            new(new Dictionary<int, string>());
    }

    private sealed class Rebuilding : IStatisticsStore
    {
        public ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
            StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken) =>
            throw new StatisticsRebuildingException();

        public ValueTask<IReadOnlyDictionary<int, string>> FindNamesAsync(
            IReadOnlyCollection<int> numbers, CancellationToken cancellationToken) =>
            throw new StatisticsRebuildingException();
    }

    private sealed class LostCoupons : ICouponStore
    {
        public ValueTask<bool> AddAsync(Coupon coupon, CancellationToken cancellationToken) => throw Lost();

        public ValueTask<Coupon?> FindByCodeAsync(string sellerId, string code, CancellationToken cancellationToken) => throw Lost();

        public ValueTask<int> CountRedemptionsAsync(string couponId, CancellationToken cancellationToken) => throw Lost();

        public ValueTask<IReadOnlyDictionary<string, int>> CountRedemptionsAsync(
            IReadOnlyCollection<string> couponIds, CancellationToken cancellationToken) => throw Lost();

        public ValueTask<CouponReservation> ReserveAsync(
            string couponId, string subscriptionId, int? redemptionsMax, CancellationToken cancellationToken) => throw Lost();

        public ValueTask ReleaseAsync(string couponId, string subscriptionId, CancellationToken cancellationToken) => throw Lost();

        private static JournalUnavailableException Lost() => new("The database does not answer.");
    }

    private sealed class UnnumberedDocuments : IDocumentNumbers
    {
        public ValueTask<int> AssignAsync(int limit, CancellationToken cancellationToken) => new(0);

        public ValueTask<IReadOnlyDictionary<IssuedDocument, long>> FindAsync(string subscriptionId, CancellationToken cancellationToken) =>
            new(new Dictionary<IssuedDocument, long>());

        public ValueTask<IReadOnlyList<long?>> FindAsync(
            IReadOnlyList<(string SubscriptionId, DocumentKind Kind, int Ordinal)> documents, CancellationToken cancellationToken) =>
            new(new long?[documents.Count]);
    }
}
