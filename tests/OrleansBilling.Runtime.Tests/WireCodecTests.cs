using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Simulation.Seeded;

namespace OrleansBilling.Runtime.Tests;

/// <summary>Commands and results between processes, of one version and of two.</summary>
public sealed class WireCodecTests
{
    private static readonly Instant At = Instant.FromUtc(2024, 2, 29, 23, 59, 59) + Duration.FromMilliseconds(7);
    private static readonly SimulatedCatalog Store = new();
    private static readonly OfferTerms Terms = Store.Sell("monthly", 2_990, new BillingInterval(IntervalUnit.Month, 1));
    private readonly CatalogCache catalog = new(Store, TimeProvider.System);

    private static Coupon Coupon => new()
    {
        Id = "SPRING", SellerId = "seller-1", PlanIds = ["plan-monthly"], Reduction = new PriceReduction(null, 500), Currency = "BRL",
        Recurrences = 3, RedeemUntil = At,
    };

    private static SubscriptionCommand[] Commands =>
    [
        new SubscriptionCommand.Subscribe(
            "s1", Terms, new Customer("c1", "a@example.com", "BR"), "tok_ok", 0, At,
            ImmutableSortedDictionary<string, string>.Empty.Add("Key A", "v"))
        {
            Quantity = 3, AddOns = [new AddOnQuantity("seat", 2)], AffiliateId = "eva", Coupon = Coupon,
        },
        SubscriptionCommand.Wake.Instance,
        new SubscriptionCommand.Cancel(EffectiveAt.PeriodEnd, "price", "too dear", CancellationRefund.Prorated, CancellationOrigin.Seller),
        new SubscriptionCommand.Uncancel(),
        new SubscriptionCommand.Reactivate(true, "tok_ok"),
        new SubscriptionCommand.Retry(),
        new SubscriptionCommand.RetryInvoice(3),
        new SubscriptionCommand.EndTrial(),
        new SubscriptionCommand.ExtendTrial(At, 3),
        new SubscriptionCommand.ChangePaymentMethod("tok_lost_card"),
        new SubscriptionCommand.ChangeMetadata(
            ImmutableSortedDictionary<string, string?>.Empty.Add("Key A", "v").Add("gone", null), RemovesOthers: true),
        new SubscriptionCommand.ChangePlan(EffectiveAt.Now, Terms, 2, [new AddOnQuantity("seat", 1)], TrialEnds: true),
        new SubscriptionCommand.SendMessage("m1", "Hello,\nworld"),
        new SubscriptionCommand.UndoPlanChange(),
        new SubscriptionCommand.Pause(EffectiveAt.Now, At),
        new SubscriptionCommand.Resume(),
        new SubscriptionCommand.ChangeBillingDate(At, new LocalDate(2024, 2, 29)),
        new SubscriptionCommand.ApplyCoupon(Coupon),
        new SubscriptionCommand.GiveRecurrences(2),
        new SubscriptionCommand.AskRetention("price", 0),
        new SubscriptionCommand.AcceptRetention(Terms),
        new SubscriptionCommand.RecordUsage([new UsageEntry("u1", "calls", 7, At, "k"), new UsageEntry("u2", "calls", 0, null, null)]),
        new SubscriptionCommand.RefundInvoice(2, 100, true, "sorry") { Lines = [new LineRefund(1, 60), new LineRefund(3, 40)] },
        new SubscriptionCommand.RequestVoucher(),
        new SubscriptionCommand.ConfirmPayment(1, 2, new PaymentOutcome.Succeeded()),
        new SubscriptionCommand.RecordChargeback(1, 2, "fraud") { Amount = 500, Outcome = DisputeStatus.Won },
        new SubscriptionCommand.RecordPayment(PaymentKind.Refund, 1, 2, new PaymentOutcome.Declined("lost_card", true)),
    ];

    public static TheoryData<string> Names => [.. Commands.Select(command => command.GetType().Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_command_arrives_as_it_was_sent(string name)
    {
        var sent = new CommandEnvelope(
            Commands.Single(command => command.GetType().Name == name), new Caller(Role.Customer, "c1", "seller-1"),
            new IdempotencyKey(ulong.MaxValue, 7))
        {
            ExpectedVersion = 9,
        };
        var arrived = await CommandCodec.DecodeAsync(CommandCodec.Encode(sent), catalog, CancellationToken.None);
        Assert.Equivalent(sent, arrived, strict: true);
        Assert.IsType(sent.Command.GetType(), arrived!.Command);
    }

    [Fact]
    public void Every_command_is_known_by_name_and_tested_here()
    {
        var commands = typeof(SubscriptionCommand).GetNestedTypes().Where(type => type.IsAssignableTo(typeof(SubscriptionCommand)))
            .ToList();
        Assert.All(commands, type => Assert.Equal(type, CommandTypes.Find(CommandTypes.NameOf(type))));
        Assert.Equal(commands.OrderBy(type => type.Name), Commands.Select(command => command.GetType()).OrderBy(type => type.Name));
    }

    public static TheoryData<PaymentOutcome> Outcomes =>
        [new PaymentOutcome.Succeeded(), new PaymentOutcome.Declined("no", false), new PaymentOutcome.Pending("voucher-1"),
            new PaymentOutcome.Pending(null), new PaymentOutcome.Unknown("timeout")];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Every_outcome_of_a_payment_arrives(PaymentOutcome outcome)
    {
        var sent = new CommandEnvelope(new SubscriptionCommand.RecordPayment(PaymentKind.Charge, 1, 1, outcome), Caller.System);
        Assert.Equal(sent, await CommandCodec.DecodeAsync(CommandCodec.Encode(sent), catalog, CancellationToken.None));
    }

    [Fact]
    public async Task What_a_newer_process_adds_is_passed_over_and_what_an_older_one_leaves_out_takes_its_default()
    {
        var message = Edit(CommandCodec.Encode(new CommandEnvelope(Commands[0], Caller.Administrator)), json =>
        {
            json["trace"] = new JsonObject { ["id"] = "x" };
            json["body"]!["colour"] = "green";
            json["body"]!["customer"]!["phone"] = "1";
            json["body"]!.AsObject().Remove("quantity");
            json["body"]!.AsObject().Remove("add_ons");
        });
        var arrived = Assert.IsType<SubscriptionCommand.Subscribe>(
            (await CommandCodec.DecodeAsync(message, catalog, CancellationToken.None))!.Command);
        Assert.Equal((1, 0, "c1"), (arrived.Quantity, arrived.AddOns.Length, arrived.Customer.Id));
    }

    [Theory]
    [InlineData("type", "teleport")]
    [InlineData("format", 2)]
    public async Task A_command_that_only_a_newer_process_knows_is_told_from_a_broken_one(string field, object value)
    {
        var message = Edit(CommandCodec.Encode(CommandEnvelope.Wake), json => json[field] = JsonValue.Create(value));
        Assert.Null(await CommandCodec.DecodeAsync(message, catalog, CancellationToken.None));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"format\":1,\"type\":\"wake\"")]
    [InlineData("{\"format\":1,\"type\":\"wake\",\"body\":{}}")]
    public async Task What_is_no_command_is_refused(string message) =>
        await Assert.ThrowsAnyAsync<JsonException>(
            async () => await CommandCodec.DecodeAsync(Encoding.UTF8.GetBytes(message), catalog, CancellationToken.None));

    [Fact]
    public async Task Terms_travel_by_name_and_are_the_ones_that_everybody_shares()
    {
        var message = CommandCodec.Encode(new CommandEnvelope(Commands[0], Caller.Administrator));
        Assert.DoesNotContain("2990", Encoding.UTF8.GetString(message), StringComparison.Ordinal);
        var shared = await catalog.FindTermsAsync("monthly", 1, CancellationToken.None);
        var arrived = await CommandCodec.DecodeAsync(message, catalog, CancellationToken.None);
        Assert.Same(shared, Assert.IsType<SubscriptionCommand.Subscribe>(arrived!.Command).Terms);

        var lost = new CatalogCache(new SimulatedCatalog(), TimeProvider.System);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await CommandCodec.DecodeAsync(message, lost, CancellationToken.None));
    }

    [Fact]
    public async Task Results_arrive_as_they_were_sent()
    {
        await using var host = new Host();
        var accepted = Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync("s1", host.Subscribe("s1"))) with { Replayed = true };
        foreach (
            var sent in new CommandResult[] { accepted, new CommandResult.Refused(Refusal.PaymentMethodRequired),
                new CommandResult.Unavailable("busy", "Come back.") })
        {
            var arrived = await ResultCodec.DecodeAsync(
                ResultCodec.Encode(sent), new CatalogCache(host.CatalogStore, TimeProvider.System), CancellationToken.None);
            Assert.Equivalent(sent, arrived, strict: true);
            Assert.IsType(sent.GetType(), arrived);
        }
    }

    [Fact]
    public async Task A_result_that_is_none_is_refused() =>
        await Assert.ThrowsAsync<JsonException>(
            async () => await ResultCodec.DecodeAsync("{}"u8.ToArray(), catalog, CancellationToken.None));

    private static byte[] Edit(byte[] message, Action<JsonNode> edit)
    {
        var json = JsonNode.Parse(message)!;
        edit(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }
}
