using System.Net;
using OrleansBilling.Testing;

namespace OrleansBilling.Client.Tests;

/// <summary>The client against a real server.</summary>
public sealed class ClientTests(Store store) : IClassFixture<Store>
{
    private BillingClient Billing => store.Billing;

    [Fact]
    public async Task A_subscription_begins_is_paid_and_is_canceled()
    {
        var begun = await Billing.Subscriptions.CreateAsync(Store.Order("life"), new() { WaitSeconds = 10 });
        Assert.Equal((SubscriptionStatus.Active, 2990, "BRL"), (begun.Status, begun.Amount, begun.Currency));
        Assert.Equal(new DateTimeOffset(2024, 1, 31, 0, 0, 0, TimeSpan.Zero), begun.CreatedAt);

        var leaving = await Billing.Subscriptions.CancelAsync(
            "life", new() { At = EffectiveAt.PeriodEnd, Reason = "too_expensive" }, new() { IfVersion = begun.Version });
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 0, 0, 0, TimeSpan.Zero), leaving.CancelAt);
        Assert.Equal(CancellationOrigin.Administrator, leaving.Cancellation!.Origin);

        var late = await Assert.ThrowsAsync<BillingException>(
            () => Billing.Subscriptions.UncancelAsync("life", new() { IfVersion = begun.Version }));
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.Status);
        var staying = await Billing.Subscriptions.UncancelAsync("life");
        Assert.Null(staying.CancelAt);

        // All of it happened at one instant of the virtual clock.
        Assert.Equal(staying.Version, (await Billing.Subscriptions.GetAsync("life", new() { AsOf = begun.CreatedAt })).Version);
    }

    [Fact]
    public async Task Metadata_is_changed_name_by_name()
    {
        var labels = new Dictionary<string, string> { ["tier"] = "gold", ["crm"] = "7" };
        await Billing.Subscriptions.CreateAsync(Store.Order("labeled") with { Metadata = labels });
        var patch = new SubscriptionPatchBody { Metadata = new Dictionary<string, string?> { ["tier"] = "silver", ["crm"] = null } };
        var changed = await Billing.Subscriptions.UpdateAsync("labeled", patch, new() { IdempotencyKey = "label-1" });
        Assert.Equal(["tier=silver"], changed.Metadata!.Select(pair => $"{pair.Key}={pair.Value}"));
        var again = await Billing.Subscriptions.UpdateAsync("labeled", patch, new() { IdempotencyKey = "label-1" });
        Assert.Equal(changed.Version, again.Version);
        Assert.Equal(EventType.MetadataChanged, (await Billing.Subscriptions.ListEventsAsync("labeled").ToListAsync())
            .Single(e => e.Type.StartsWith("metadata", StringComparison.Ordinal)).Type);

        CommandLine[] lines =
            [new MetadataLine { SubscriptionId = "labeled", Metadata = new Dictionary<string, string?> { ["tier"] = null } }];
        Assert.Equal(200, (await Billing.Commands.RunAsync(lines.ToAsyncEnumerable()).SingleAsync()).Status);
        Assert.Null((await Billing.Subscriptions.GetAsync("labeled")).Metadata);
    }

    [Fact]
    public async Task Products_and_plans_have_a_description()
    {
        await Billing.Products.CreateAsync(new() { Id = "described", SellerId = "acme", Name = "D", Description = "Recipes" });
        var plan = await Billing.Plans.CreateAsync(new()
        {
            Id = "described_monthly", ProductId = "described", Name = "M", Description = "Leave at any time",
            Interval = new() { Unit = IntervalUnit.Month, Count = 1 },
        });
        Assert.Equal(("Recipes", "Leave at any time"), ((await Billing.Products.GetAsync("described")).Description, plan.Description));
        Assert.Equal("More recipes", (await Billing.Products.UpdateAsync("described", new() { Description = "More recipes" })).Description);
    }

    [Fact]
    public async Task A_logo_is_stored_and_read()
    {
        var picture = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGMwdpkJRAwQCgAcNgRBxqN6HQAAAABJRU5ErkJggg==");
        var stored = await Billing.Sellers.PutLogoAsync("acme", picture, "image/png");
        Assert.Equal((2, 2), (stored.Width, stored.Height));
        Assert.Equal(stored.Bytes, (await Billing.Sellers.GetLogoAsync("acme")).Length);
        await Billing.Sellers.DeleteLogoAsync("acme");
        var gone = await Assert.ThrowsAsync<BillingException>(() => Billing.Sellers.GetLogoAsync("acme"));
        Assert.Equal(ErrorCode.LogoNotFound, gone.Code);
    }

    [Fact]
    public async Task Lists_page_by_themselves()
    {
        for (var n = 0; n < 5; n++) await Billing.Subscriptions.CreateAsync(Store.Order($"listed_{n}"), new() { WaitSeconds = 10 });
        var query = new SubscriptionsListQuery { CustomerId = "alice", OfferId = "gold_offer", Limit = 2 };

        var page = await Billing.Subscriptions.ListPageAsync(query);
        Assert.Equal(2, page.Data.Count);
        Assert.NotNull(page.NextCursor);
        var ids = await Billing.Subscriptions.ListAsync(query).Select(one => one.Id).ToListAsync();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Superset(Enumerable.Range(0, 5).Select(n => $"listed_{n}").ToHashSet(), ids.ToHashSet());

        var invoice = await Billing.Subscriptions.ListInvoicesAsync("listed_0", new() { Limit = 1 }).SingleAsync();
        Assert.Equal((InvoiceStatus.Paid, 2990), (invoice.Status, invoice.Total));
        Assert.Equal(InvoiceLineType.Recurrence, Assert.Single(invoice.Lines).Type);
        var events = await Billing.Subscriptions.ListEventsAsync("listed_0", new() { Limit = 2 }).ToListAsync();
        Assert.Equal((EventType.Subscribed, true), (events[0].Type, events.Count > 2));
    }

    [Fact]
    public async Task Subscriptions_are_found_by_their_metadata_however_it_is_spelled()
    {
        var labels = new Dictionary<string, string> { ["desk & row"] = "7=[a], ü" };
        await Billing.Subscriptions.CreateAsync(Store.Order("labelled") with { Metadata = labels }, new() { WaitSeconds = 10 });
        var query = new SubscriptionsListQuery { Metadata = labels, OrderBy = "-created_at" };

        await Eventually.HoldsAsync(async () =>
            (await Billing.Subscriptions.ListAsync(query).Select(one => one.Id).ToListAsync()).SequenceEqual(["labelled"]));
    }

    [Fact]
    public async Task A_refusal_is_an_exception_that_says_all()
    {
        var order = Store.Order("refused") with { Quantity = 0, AffiliateId = "?" };
        var refused = await Assert.ThrowsAsync<BillingException>(
            () => Billing.Subscriptions.CreateAsync(order, new() { RequestId = "trace-4711" }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "trace-4711"), (refused.Status, refused.RequestId));
        Assert.Contains("quantity", refused.Errors.Select(fault => fault.Field));
        Assert.True(refused.Errors.Count > 1, refused.Detail);
        var first = refused.Errors[0];
        Assert.Equal((first.Code, first.Field, first.Detail), (refused.Code, refused.Field, refused.Detail));

        var unknown = await Assert.ThrowsAsync<BillingException>(() => Billing.Subscriptions.GetAsync("nobody"));
        Assert.Equal((HttpStatusCode.NotFound, ErrorCode.SubscriptionNotFound), (unknown.Status, unknown.Code));
        Assert.StartsWith("req_", unknown.RequestId, StringComparison.Ordinal);

        using var stranger = new BillingClient(store.Gateway.Address, "wrong");
        var barred = await Assert.ThrowsAsync<BillingException>(() => stranger.Products.GetAsync("gold"));
        Assert.Equal(HttpStatusCode.Unauthorized, barred.Status);
        await Assert.ThrowsAsync<ArgumentException>(() => Billing.Subscriptions.GetAsync(".."));
    }

    [Fact]
    public async Task The_same_key_does_a_post_once()
    {
        var order = Store.Order("keyed") with { Id = null };
        var first = await Billing.Subscriptions.CreateAsync(order, new() { IdempotencyKey = "order-1" });
        var again = await Billing.Subscriptions.CreateAsync(order, new() { IdempotencyKey = "order-1" });
        var other = await Billing.Subscriptions.CreateAsync(order);
        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, other.Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(500)]
    public async Task Commands_are_sent_in_batches_and_answered_in_order(int batchLinesMax)
    {
        var id = $"streamed_{batchLinesMax}";
        await Billing.Subscriptions.CreateAsync(Store.Order(id), new() { WaitSeconds = 10 });
        CommandLine[] lines =
        [
            new PauseLine { SubscriptionId = id, At = EffectiveAt.PeriodEnd },
            new ResumeLine { SubscriptionId = "nobody" },
            new CancelLine { SubscriptionId = id, At = EffectiveAt.Now },
        ];
        var answers = await Billing.Commands.RunAsync(lines.ToAsyncEnumerable(), batchLinesMax).ToListAsync();
        Assert.Equal([(1L, 200), (2, 404), (3, 200)], answers.Select(answer => (answer.Line, answer.Status)));
        Assert.Equal(ErrorCode.SubscriptionNotFound, answers[1].Error!.Code);
        Assert.Equal(SubscriptionStatus.Canceled, (await Billing.Subscriptions.GetAsync(id)).Status);
    }

    [Fact]
    public async Task A_batch_ends_before_it_is_too_large_for_the_server()
    {
        // 40 lines of 60 KB are more than the 1 MiB that a server takes in at once.
        var lines = Enumerable.Range(0, 40).Select(CommandLine (n) => new CancelLine
        {
            SubscriptionId = $"nobody_{n}", At = EffectiveAt.Now, Comment = new string('x', 60_000),
        });
        var answers = await Billing.Commands.RunAsync(lines.ToAsyncEnumerable()).ToListAsync();
        Assert.Equal(Enumerable.Range(1, 40).Select(n => (long)n), answers.Select(answer => answer.Line));
        Assert.All(answers, answer => Assert.Equal(422, answer.Status));
    }

    [Fact]
    public async Task A_stream_that_is_refused_is_an_exception()
    {
        using var stranger = new BillingClient(store.Gateway.Address, "wrong");
        var lines = new CommandLine[] { new ResumeLine { SubscriptionId = "x" } }.ToAsyncEnumerable();
        var refused = await Assert.ThrowsAsync<BillingException>(async () => await stranger.Commands.RunAsync(lines).ToListAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
    }

    [Fact]
    public async Task Sums_that_are_wider_than_64_bits_and_what_a_customer_may_not_see_are_read()
    {
        await Billing.Subscriptions.CreateAsync(Store.Order("split") with { AffiliateId = "bob" }, new() { WaitSeconds = 10 });
        var balance = await Billing.Balances.ListAsync(new() { SellerId = "acme" }).FirstAsync();
        Assert.True(balance.Amount >= 2990, $"{balance.Amount}");

        var token = await Billing.CustomerTokens.CreateAsync(new() { CustomerId = "alice", ExpiresInSeconds = 3600 });
        using var alice = new BillingClient(store.Gateway.Address, token.Token);
        Assert.Equal("bob", (await Billing.Subscriptions.GetAsync("split")).AffiliateId);
        Assert.Null((await alice.Subscriptions.GetAsync("split")).AffiliateId);
    }
}
