using Npgsql;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class CouponRaceTests(PostgresFixture postgres)
{
    private const string WaitingSql =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

    [PostgresTheory]
    [InlineData("sub-1", CouponReservation.AlreadyReserved)]
    [InlineData("sub-2", CouponReservation.Exhausted)]
    public async Task Of_two_processes_that_wait_for_the_last_redemption_the_second_sees_what_the_first_took(
        string second, CouponReservation answer)
    {
        var database = await postgres.CreateAsync();
        await using var storage = await database.OpenAsync();
        await using var other = await database.OpenAsync();
        await storage.Coupons.AddAsync(Catalogs.Coupon(), CancellationToken.None);
        Task<CouponReservation> ahead, behind;
        await using (await LockAsync(database))
        {
            ahead = ReserveAsync(storage, "sub-1");
            await Eventually.EqualAsync(1, () => database.QueryAsync<long>(WaitingSql));
            behind = ReserveAsync(other, second);
            await Eventually.EqualAsync(2, () => database.QueryAsync<long>(WaitingSql));
        }

        Assert.Equal(CouponReservation.Reserved, await ahead);
        Assert.Equal(answer, await behind);
        Assert.Equal(1, await storage.Coupons.CountRedemptionsAsync("coupon-1", CancellationToken.None));
    }

    private static Task<CouponReservation> ReserveAsync(BillingStorage storage, string subscriptionId) =>
        storage.Coupons.ReserveAsync("coupon-1", subscriptionId, 1, CancellationToken.None).AsTask();

    private static async Task<NpgsqlConnection> LockAsync(PostgresTestDatabase database)
    {
        var connection = await database.ConnectAsync();
        await using var command = new NpgsqlCommand("begin; select from coupon for update", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
