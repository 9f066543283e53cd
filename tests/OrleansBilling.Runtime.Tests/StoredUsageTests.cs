using System.Text;
using NodaTime.Text;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Tests;

/// <summary>
/// Usage stored by versions in which readings did not yet belong to a period: counting restarted whenever something was
/// billed. The rest of such a period is billed by that rule, and nothing is billed twice. Events and snapshot are the
/// original bytes: 150 calls and one user, billed by the purchase of an add-on, then 120 calls and the same user.
/// </summary>
public sealed class StoredUsageTests
{
    private static readonly string Snapshot =
        """
        {"state":{"id":"s1","version":10,"status":"active","offer_id":"offer","offer_version":1,"add_ons":[{"id":"extra","quantity":1}],
        "customer":{"id":"c1"},"payment_token":"tok_ok","created_at":"2024-06-01T00:00:00Z","updated_at":"2024-06-21T00:00:00Z",
        "started_at":"2024-06-01T00:00:00Z","anchor":"2024-06-01T00:00:00","anchor_index":1,"term_start_index":1,
        "current_period":{"index":1,"start":"2024-06-01T00:00:00Z","end":"2024-07-01T00:00:00Z"},"served_from":"2024-06-11T00:00:00Z",
        "service_value":667,"service_invoice":2,"usage":[{"meter":"calls","units":120},{"meter":"users","units":1}],"usage_window":1,
        "invoice_count":2,"paid_recurrences":1,"lifetime_paid":2000}}
        """.Replace("\n", "", StringComparison.Ordinal);

    private static readonly (string At, string Type, string Data)[] History =
    [
        ("2024-06-01T00:00:00Z", "subscribed",
            """{"id":"s1","offer_id":"offer","offer_version":1,"customer":{"id":"c1"},"payment_token":"tok_ok"}"""),
        ("2024-06-01T00:00:00Z", "recurrence_started",
            """{"period":{"index":1,"start":"2024-06-01T00:00:00Z","end":"2024-07-01T00:00:00Z"},"anchor":""" +
            """{"local":"2024-06-01T00:00:00","index":1},"invoice":{"number":1,"lines":[{"type":"recurrence","amount":1000""" +
            ""","description":"Recurrence"}],"total":1000},"service_value":1000,"postings":{"receivable":1000,"revenue":-1000}}"""),
        ("2024-06-01T00:00:00Z", "charge_requested",
            """{"invoice":1,"attempt":1,"amount":1000,"token":"tok_ok","ask_at":"2024-06-01T00:01:00Z"}"""),
        ("2024-06-01T00:00:00Z", "charge_succeeded",
            """{"invoice":1,"attempt":1,"amount":1000,"postings":{"provider":1000,"receivable":-1000,"distribution":1000,"payable":""" +
            """{"seller":-1000}}}"""),
        ("2024-06-11T00:00:00Z", "usage_recorded",
            """{"entries":[{"id":"u1","meter":"calls","quantity":150},{"id":"u2","meter":"users","key":"ann"}],"readings":""" +
            """[{"meter":"calls","units":150},{"meter":"users","units":1}]}"""),
        ("2024-06-11T00:00:00Z", "plan_changed",
            """{"offer_id":"offer","offer_version":1,"quantity":1,"add_ons":[{"id":"extra","quantity":1}]}"""),
        ("2024-06-11T00:00:00Z", "invoice_issued",
            """{"reason":"plan_change","period":{"index":1,"start":"2024-06-11T00:00:00Z","end":"2024-07-01T00:00:00Z"},"invoice":""" +
            """{"number":2,"lines":[{"type":"proration_credit","amount":-667,"description":"Unused time","period":{"index":1""" +
            ""","start":"2024-06-11T00:00:00Z","end":"2024-07-01T00:00:00Z"}},{"type":"proration_charge","amount":667""" +
            ""","description":"Rest of the period","period":{"index":1,"start":"2024-06-11T00:00:00Z","end":"2024-07-01T00:00:00Z"}},""" +
            """{"type":"usage","amount":500,"description":"Calls: 150","period":{"index":1""" +
            ""","start":"2024-06-01T00:00:00Z","end":"2024-07-01T00:00:00Z"}},{"type":"usage","amount":500""" +
            ""","description":"Users: 1","period":{"index":1,"start":"2024-06-01T00:00:00Z","end":"2024-07-01T00:00:00Z"}}]""" +
            ""","total":1000},"served_from":"2024-06-11T00:00:00Z","service_value":667,"usage_billed":true,"postings":""" +
            """{"receivable":1000,"revenue":-1000}}"""),
        ("2024-06-11T00:00:00Z", "charge_requested",
            """{"invoice":2,"attempt":1,"amount":1000,"token":"tok_ok","ask_at":"2024-06-11T00:01:00Z"}"""),
        ("2024-06-11T00:00:00Z", "charge_succeeded",
            """{"invoice":2,"attempt":1,"amount":1000,"postings":{"provider":1000,"receivable":-1000,"distribution":1000,"payable":""" +
            """{"seller":-1000}}}"""),
        ("2024-06-21T00:00:00Z", "usage_recorded",
            """{"entries":[{"id":"u3","meter":"calls","quantity":120},{"id":"u4","meter":"users","key":"ann"}],"readings":""" +
            """[{"meter":"calls","units":120},{"meter":"users","units":1}]}"""),
    ];

    private static OfferTerms Terms { get; } = new(
        new Product("product", "seller", "Product", "UTC", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel),
        new Plan("plan", "product", "Plan", new BillingInterval(IntervalUnit.Month, 1), 0, null, null),
        new Offer("offer", 1, "plan", 1000, "BRL")
        {
            AddOns = [new AddOn("extra", "Extra", 0)],
            Meters =
            [
                new Meter
                {
                    Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
                    Price = new UnitPrice(10), IncludedUnits = 100,
                },
                new Meter
                {
                    Id = "users", Name = "Users", Aggregation = MeterAggregation.Unique, Pricing = MeterPricing.PerUnit,
                    Price = new UnitPrice(500),
                },
            ],
        });

    [Fact]
    public void Its_events_fold_to_the_snapshot_of_then()
    {
        var events = History.Select(
            (e, n) =>
                SubscriptionCodec.Decode(
                    new StoredEvent(n + 1, InstantPattern.General.Parse(e.At).Value, e.Type, Encoding.UTF8.GetBytes(e.Data))));

        Assert.Equivalent(Stored(), SubscriptionEvolution.Fold(events), strict: true);
        Assert.Equal(Snapshot, Encoding.UTF8.GetString(SubscriptionCodec.Encode(Stored(), Journal.CommandMemory.Empty)));
    }

    [Fact]
    public void The_rest_of_its_period_is_billed_and_what_was_billed_is_not()
    {
        var renewed = Decide(Stored(), SubscriptionCommand.Wake.Instance, "2024-07-01T00:00:00Z");

        Assert.Equal(["Recurrence 1000", "Addon 0", "Usage 200", "Usage 500"], Lines(renewed));
        Assert.Empty(renewed.State!.Usage);
    }

    [Fact]
    public void From_its_next_change_on_it_belongs_to_the_period()
    {
        var changed = Decide(Stored(), new SubscriptionCommand.ChangePlan(EffectiveAt.Now, null, null, []), "2024-06-21T00:00:00Z");
        Assert.Equal(["ProrationCredit -333", "ProrationCharge 333"], Lines(changed));

        var used = Decide(
            changed.State!, new SubscriptionCommand.RecordUsage([new("u5", "calls", 30, null, null)]), "2024-06-21T00:00:00Z");
        Assert.Equal(
            ["Recurrence 1000", "Usage 500", "Usage 500"],
            Lines(Decide(used.State!, SubscriptionCommand.Wake.Instance, "2024-07-01T00:00:00Z")));
    }

    private static Subscription Stored() => SubscriptionCodec.Decode(Encoding.UTF8.GetBytes(Snapshot)).State;

    private static Decision Decide(Subscription state, SubscriptionCommand command, string at) =>
        SubscriptionDecider.Decide(
            state, command,
            new DecisionContext(InstantPattern.General.Parse(at).Value, Terms, Caller.Administrator)
            {
                KnownUsageKeys = new HashSet<string>(),
            });

    private static IEnumerable<string> Lines(Decision decision)
    {
        var invoice = decision.Steps.Select(step => step.Event switch
        {
            SubscriptionEvent.RecurrenceStarted x => x.Invoice,
            SubscriptionEvent.InvoiceIssued x => x.Invoice,
            _ => null,
        }).First(invoice => invoice is not null)!;
        return invoice.Lines.Select(line => $"{line.Type} {line.Amount}");
    }
}
