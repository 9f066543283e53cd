using System.Net;
using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>
/// In commit 0deeb29, a customer paid by "slip", "cancelled" customers were counted, and statistics were summed by other
/// rules. Today's server reads that database under today's names and keeps running it.
/// </summary>
public sealed class OldDatabaseTests
{
    [Fact]
    public async Task What_an_old_server_wrote_is_told_in_todays_words_and_lives_on()
    {
        using var directory = new DataDirectory();
        await TestRuntime.RestoreOldAsync(directory.Path);
        await using var gateway = await TestGateway.StartInAsync(directory);
        var api = gateway.Admin;
        Assert.Equal(OldDatabase.LastInstant, (await api.GetAsync("/v1/clock")).Expect(200).String("now"));

        var waiting = (await api.GetAsync("/v1/subscriptions/s2")).Expect(200);
        Assert.Equal(("past_due", 20, 1_990), (waiting.String("status"), waiting.Number("version"), waiting.Number("lifetime_paid")));
        const string Voucher = """{"invoice":2,"attempt":2,"expires_at":"2024-03-16T00:00:00Z","reference":"slip-s2:2:2"}""";
        Assert.Equal(Voucher, waiting.Json.GetProperty("voucher").GetRawText());
        var events = await ListAsync(api, "/v1/subscriptions/s2/events?limit=200");
        Assert.Equal(
            [
                "subscribed", "recurrence_started", "charge_requested", "voucher_issued", "charge_succeeded", "renewal_alerted",
                "recurrence_started", "charge_requested",
                "voucher_issued", "payment_asked", "payment_unknown", "payment_asked", "voucher_reminded", "payment_unknown",
                "payment_asked", "charge_declined",
                "refund_requested", "refund_succeeded", "charge_requested", "voucher_issued",
            ],
            events.Select(e => e.GetProperty("type").GetString()));
        Assert.All(
            events.Where(e => e.GetProperty("type").GetString() == "voucher_issued"),
            e => Assert.StartsWith(
                "slip-s2:", e.GetProperty("data").GetProperty("voucher").GetProperty("reference").GetString(), StringComparison.Ordinal));
        Assert.Equal(
            ["renewal_alert", "voucher_issued", "voucher_reminder"],
            (await ListAsync(api, "/v1/messages?limit=100")).Select(message => message.GetProperty("type").GetString()).Distinct().Order());
        var then = (await api.GetAsync("/v1/subscriptions/s2?as_of=2024-02-15T12:00:00Z")).Expect(200);
        Assert.Equal("active", then.String("status"));

        // A retry of a command that the old server acknowledged is recognized, and usage that it counted is counted only once.
        var replay = await api.PostAsync("/v1/subscriptions/s2/invoices/1/refund", """{"amount": 1000, "reason": "sorry"}""", "old-1");
        Assert.True(replay.Expect(200).Replayed);
        (await api.PostAsync("/v1/subscriptions/s1/usage", """{"events":[{"id":"u1","meter":"prints","quantity":7}]}""")).Expect(200);
        Assert.Equal(20, (await api.GetAsync("/v1/subscriptions/s1")).Expect(200).Number("version"));

        // An invoice with an expired voucher gets a new one. A waiting voucher can be paid.
        Assert.Equal(
            2, (await api.PostAsync("/v1/subscriptions/w/voucher")).Expect(200).Json.GetProperty("retry").GetProperty("attempt")
                .GetInt32());
        (await api.PostAsync("/v1/payments/confirm", """{"key":"s2:2:2","outcome":"succeeded"}""")).Expect(200);
        await gateway.AdvanceAsync("2024-05-05T00:00:00Z");

        Assert.Equal("active", (await api.GetAsync("/v1/subscriptions/s1")).Expect(200).String("status"));
        Assert.Equal(2_990 + 2_990 - 1_000, (await api.GetAsync("/v1/subscriptions/s2")).Expect(200).Number("lifetime_paid"));
    }

    [Fact]
    public async Task What_an_old_server_counted_is_counted_anew_from_its_events()
    {
        using var directory = new DataDirectory();
        await TestRuntime.RestoreOldAsync(directory.Path);
        await using var gateway = await TestGateway.StartInAsync(directory);
        const string Path = "/v1/statistics/cancellations?from=2024-01-01&to=2024-12-31";
        var counted = await Eventually.ReadAsync(
            () => gateway.Admin.GetAsync(Path),
            reply => reply.Status != (int)HttpStatusCode.ServiceUnavailable || reply.String("code") != "rebuilding");
        var figures = counted.Expect(200);
        Assert.Equal(
            (2, 5, 7, 2, 2),
            (figures.Number("canceled"), figures.Number("current"), figures.Number("new"), figures.Number("seller_initiated"),
                figures.Number("never_paid")));
        var balances = await ListAsync(gateway.Admin, "/v1/balances");
        Assert.Equal(
            ["ana 27679", "market 992", "zoe 427"],
            balances.Select(balance => $"{balance.GetProperty("party_id").GetString()} {balance.GetProperty("amount").GetInt32()}"));
    }

    private static async Task<List<JsonElement>> ListAsync(ApiClient api, string path) =>
        [.. (await api.GetAsync(path)).Expect(200).Data];
}
