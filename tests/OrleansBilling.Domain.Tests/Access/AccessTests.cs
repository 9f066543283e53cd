namespace OrleansBilling.Domain.Tests.Access;

public sealed class AccessTests
{
    public static TheoryData<string> Strangers => ["other seller", "other customer", "customer with another seller's token"];

    private static Caller Stranger(string who) => who switch
    {
        "other seller" => By.OtherSeller,
        "other customer" => By.OtherCustomer,
        _ => By.CustomerOfOtherSeller,
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public void To_a_stranger_a_subscription_does_not_exist_whatever_is_asked(string who)
    {
        var life = Given.Monthly().Trial(14).At("2024-01-31T10:00").Subscribe();
        SubscriptionCommand[] commands =
        [
            Ask.Cancel(), Ask.CancelAtPeriodEnd(), Ask.Uncancel(), Ask.Reactivate(), Ask.Retry(), Ask.RetryInvoice(1),
            Ask.EndTrial(),
            Ask.ExtendTrial(3), Ask.ChangeMethod("tok_b"), Ask.Wake(), Ask.Outcome(Bank.Paid),
            Ask.Cancel(origin: CancellationOrigin.Customer),
            Ask.Metadata(("tier", "gold")), Ask.RemoveMetadata(), Ask.Message(),
            Ask.Quantity(2), Ask.UndoPlanChange(), Ask.Pause(), Ask.Resume(), Ask.BillingDate("2024-03-15T00:00"), Ask.Give(1),
            Ask.Retention(), Ask.AcceptRetention(),
            Ask.Usage("u", "calls", 1), Ask.Refund(1), Ask.NewVoucher(), Ask.Confirm(Bank.Paid), Ask.Chargeback(),
            Ask.Coupon(new Coupon { Id = "C", SellerId = "seller", Reduction = PriceReduction.Everything }),
        ];
        Assert.Equal(
            typeof(SubscriptionCommand).GetNestedTypes().Select(type => type.Name).Except(["Subscribe"]).Order(),
            commands.Select(command => command.GetType().Name).Distinct().Order());

        foreach (var command in commands)
            Assert.Equal(Refusal.NotFound, life.Refuses(command, Stranger(who)));
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public void A_stranger_who_wants_the_same_id_learns_only_that_it_is_taken(string who)
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();

        Assert.Equal(Refusal.AlreadyExists, life.Refuses(life.Subscription(), Stranger(who)));
    }

    [Fact]
    public void An_id_is_taken_once()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();

        Assert.Equal("subscription_exists", life.Refuses(life.Subscription(), By.Administrator).Code);
        Assert.Equal("subscription_exists", life.Tell(Ask.Cancel()).Refuses(life.Subscription(), By.Seller).Code);
    }

    [Fact]
    public void Customers_may_not_subscribe_retry_change_metadata_or_extend_their_trial()
    {
        var life = Given.Monthly().Trial(14).At("2024-01-31T10:00");
        Assert.Equal(
            ("forbidden", RefusalKind.Forbidden), (life.Refuses(life.Subscription(), By.Customer).Code, Refusal.NotForCustomers.Kind));

        life.Subscribe();
        Assert.Equal("forbidden", life.Refuses(Ask.ExtendTrial(3), By.Customer).Code);
        Assert.Equal("forbidden", life.Refuses(Ask.Retry(), By.CustomerOfSeller).Code);
        Assert.Equal("forbidden", life.Refuses(Ask.RetryInvoice(9), By.CustomerOfSeller).Code);
        Assert.Equal(Refusal.NotForCustomers, life.Refuses(Ask.Metadata(("tier", "gold")), By.Customer));
        Assert.Equal(Refusal.NotForCustomers, life.Refuses(Ask.RemoveMetadata(), By.CustomerOfSeller));
    }

    [Fact]
    public void Payments_are_told_by_the_runtime_and_by_administrators_only()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").SubscribeWith(Bank.Silence);

        foreach (var caller in new[] { By.Customer, By.CustomerOfSeller, By.Seller })
        {
            Assert.Equal(Refusal.ForAdministrators, life.Refuses(Ask.Outcome(Bank.Paid), caller));
            Assert.Equal(Refusal.ForAdministrators, life.Refuses(Ask.Confirm(Bank.Paid), caller));
            Assert.Equal(Refusal.ForAdministrators, life.Refuses(Ask.Chargeback(), caller));
        }

        Assert.Equal(SubscriptionStatus.Active, life.Tell(Ask.Outcome(Bank.Paid), Caller.System).Status);
    }

    [Fact]
    public void Customers_may_do_the_rest_with_their_own()
    {
        var life = Given.Monthly().Trial(14).At("2024-01-31T10:00").Subscribe();

        life.Tell(Ask.CancelAtPeriodEnd(), By.Customer).Tell(Ask.Uncancel(), By.CustomerOfSeller)
            .Tell(Ask.ChangeMethod("tok_b"), By.Customer).Tell(Ask.EndTrial(), By.Customer)
            .Tell(Ask.Cancel(), By.CustomerOfSeller).Tell(Ask.Reactivate(), By.Customer);

        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void Sellers_sell_their_own_offers_only()
    {
        var life = Given.Monthly().At("2024-01-31T10:00");

        var refusal = life.Refuses(life.Subscription(), By.OtherSeller);

        Assert.Equal(("offer_not_found", RefusalKind.NotFound, "offer_id"), (refusal.Code, refusal.Kind, refusal.Field));
        Assert.Equal(SubscriptionStatus.Active, life.Subscribe(caller: By.Seller).Status);
    }

    [Theory]
    [InlineData(Role.System, "", null, true)]
    [InlineData(Role.Administrator, "", null, true)]
    [InlineData(Role.Seller, "seller", null, true)]
    [InlineData(Role.Seller, "other-seller", null, false)]
    [InlineData(Role.Seller, "customer", null, false)]
    [InlineData(Role.Customer, "customer", null, true)]
    [InlineData(Role.Customer, "customer", "seller", true)]
    [InlineData(Role.Customer, "customer", "other-seller", false)]
    [InlineData(Role.Customer, "seller", null, false)]
    [InlineData(Role.Partner, "seller", null, false)]
    [InlineData(Role.Partner, "customer", null, false)]
    public void Who_may_touch_what(Role role, string id, string? sellerId, bool may) =>
        Assert.Equal(may, new Caller(role, id, sellerId).MayTouch("seller", "customer"));
}
