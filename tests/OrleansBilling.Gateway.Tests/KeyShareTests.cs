using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>A customer who uses up its idempotency keys affects nobody else, and every key is still known after a restart.</summary>
public sealed class KeyShareTests
{
    private const string Card = """{"token":"tok_ok"}""";
    private const string Chargeback = """{"key":"s:1:1","reason":"fraud"}""";

    [Fact]
    public Task On_SQLite() => RunAsync();

    [PostgresFact]
    public async Task On_PostgreSQL()
    {
        await using var server = await PostgresServer.StartNewAsync(durable: false);
        var database = await server.CreateBillingDatabaseAsync("billing");
        await RunAsync("--Billing:Storage=postgres", $"--ConnectionStrings:Billing={database}");
    }

    private static async Task RunAsync(params string[] settings)
    {
        using var directory = new DataDirectory();
        var first = new List<string>();
        string canceled;
        await using (var gateway = await TestGateway.StartInAsync(directory, settings))
        {
            await gateway.SellAsync();
            await gateway.SubscribeAsync("s");
            var alice = await gateway.AsCustomerAsync("alice");
            for (var n = 0; n < 100; n++) first.Add((await PayByAsync(alice, n)).Expect(200).Text);

            (await PayByAsync(alice, 100)).ExpectProblem(429, "too_many_idempotency_keys");
            var acme = await gateway.AsSellerAsync("acme");
            canceled = (await acme.PostAsync("/v1/subscriptions/s/cancel", """{"at":"now"}""", "bye")).Expect(200).Text;
            (await gateway.Admin.PostAsync("/v1/payments/chargebacks", Chargeback, "cb")).Expect(200);
        }

        await using var again = await TestGateway.StartInAsync(directory, settings);
        var customer = await again.AsCustomerAsync("alice");
        foreach (var n in new[] { 0, 31, 32, 63, 95, 99 })
        {
            var replayed = (await PayByAsync(customer, n)).Expect(200);
            Assert.True(replayed.Replayed);
            Assert.Equal(first[n], replayed.Text);
        }

        (await customer.PostAsync("/v1/subscriptions/s/payment-method", """{"token":"tok_voucher"}""", "key-5"))
            .ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");
        var bye = (await (await again.AsSellerAsync("acme")).PostAsync("/v1/subscriptions/s/cancel", """{"at":"now"}""", "bye"))
            .Expect(200);
        Assert.True(bye.Replayed);
        Assert.Equal(canceled, bye.Text);
        Assert.True((await again.Admin.PostAsync("/v1/payments/chargebacks", Chargeback, "cb")).Expect(200).Replayed);
    }

    private static Task<Reply> PayByAsync(ApiClient alice, int key) =>
        alice.PostAsync("/v1/subscriptions/s/payment-method", Card, $"key-{key}");
}
