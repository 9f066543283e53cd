using System.Text;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Runtime.Tests;

/// <summary>Data that earlier versions stored or sent under old names is read, and written under current names.</summary>
public sealed class OldNamesTests
{
    [Theory]
    [InlineData("slip_issued", typeof(SubscriptionEvent.VoucherIssued), "voucher_issued")]
    [InlineData("slip_reminded", typeof(SubscriptionEvent.VoucherReminded), "voucher_reminded")]
    [InlineData("slip_withdrawn", typeof(SubscriptionEvent.VoucherWithdrawn), "voucher_withdrawn")]
    public void Events_have_new_types(string old, Type type, string today)
    {
        Assert.Equal(type, EventTypes.TypeOf(old));
        Assert.Equal(today, EventTypes.NameOf(type));
    }

    [Fact]
    public void A_command_that_an_old_process_sends_is_known() =>
        Assert.Equal(typeof(SubscriptionCommand.RequestVoucher), CommandTypes.Find("request_slip"));

    [Fact]
    public void Members_of_snapshots_and_events_are_read_under_their_old_names()
    {
        const string Snapshot =
            """
            {"state":{"charge":{"kind":"charge","invoice":2,"attempt":1,"slip":{"expires_at":"2024-03-16T00:00:00Z","reference":"r"}},
            "open_invoices":[{"number":2,"slip_unpaid":true}]}}
            """;
        var (state, memory) = SubscriptionCodec.Decode(Encoding.UTF8.GetBytes(Snapshot));
        Assert.Equal("r", state.Charge!.Voucher!.Reference);
        Assert.True(Assert.Single(state.OpenInvoices).VoucherUnpaid);
        var written = Encoding.UTF8.GetString(SubscriptionCodec.Encode(state, memory));
        Assert.Contains("\"voucher\":{", written, StringComparison.Ordinal);
        Assert.Contains("\"voucher_unpaid\":true", written, StringComparison.Ordinal);
        Assert.DoesNotContain("slip", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_of_a_simulation_are_read_under_their_old_names()
    {
        var stored = Encoding.UTF8.GetBytes("""{"months":[],"total":{"cancelled_voluntary":3,"cancelled_involuntary":4},"start":{}}""");
        var figures = WhatIfCodec.Decode<RunFigures>(stored).Total;
        Assert.Equal((3, 4), ((int)figures.CanceledVoluntary, (int)figures.CanceledInvoluntary));
    }
}
