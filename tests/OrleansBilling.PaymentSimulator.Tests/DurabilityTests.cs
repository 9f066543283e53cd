using System.Collections.Concurrent;
using OrleansBilling.PaymentSimulator.Book;

namespace OrleansBilling.PaymentSimulator.Tests;

public sealed class DurabilityTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BookFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_book_survives_a_restart_with_outcomes_and_asks()
    {
        string charged, refunded;
        await using (var factory = new SimulatorFactory(folder.BookPath) { Seed = 1 })
        {
            using var client = factory.CreateClient();
            charged = (await client.ChargeAsync("s:1:1", "tok_flaky_0")).Json.GetRawText();
            refunded = (await client.RefundAsync("s:1:refund-1", "s:1:1", 10)).Json.GetRawText();
            await client.ChargeAsync("t:1:1", "tok_timeout");
            await client.ChargeAsync("v:1:1", "tok_voucher");
        }

        // Another seed: a booked outcome no longer depends on the dice.
        await using (var factory = new SimulatorFactory(folder.BookPath) { Seed = 2 })
        {
            using var client = factory.CreateClient();
            Assert.Equal(charged, (await client.ChargeAsync("s:1:1", "tok_flaky_0")).Json.GetRawText());
            Assert.Equal(refunded, (await client.RefundAsync("s:1:refund-1", "s:1:1", 10)).Json.GetRawText());
            Assert.Equal("succeeded", (await client.ChargeAsync("t:1:1", "tok_timeout")).Text("outcome"));
            Assert.Equal("succeeded", (await client.PostNothingAsync("v1/vouchers/v:1:1/confirm")).Text("outcome"));
            Assert.Equal(2, (await client.ReadAsync("v1/charges/s:1:1")).Number("asks"));
        }
    }

    /// <summary>A killed process loses nothing that has reached the kernel; what a power cut loses depends on this setting alone.</summary>
    [Theory]
    [InlineData("pragma synchronous", "2")]
    [InlineData("pragma journal_mode", "wal")]
    public void Every_commit_is_synced_to_disk(string pragma, string expected)
    {
        using var connection = BookFile.OpenForWriting(folder.BookPath);
        using var command = connection.CreateCommand();
        command.CommandText = pragma;

        Assert.Equal(expected, $"{command.ExecuteScalar()}");
    }

    [Fact]
    public async Task What_was_answered_before_a_kill_is_in_the_book_after_it()
    {
        const int Callers = 16;
        const int AnswersBeforeKill = 300;
        var answered = new ConcurrentQueue<string>();
        var enough = new TaskCompletionSource();
        await using (var process = await SimulatorProcess.StartAsync(folder.BookPath).WaitAsync(Patience))
        {
            using var client = new HttpClient { BaseAddress = process.Address };
            var callers = Enumerable.Range(0, Callers).Select(n => ChargeUntilKilledAsync(client, n)).ToArray();
            await enough.Task.WaitAsync(Patience);
            process.Kill();
            await Task.WhenAll(callers).WaitAsync(Patience);
        }

        await using (var process = await SimulatorProcess.StartAsync(folder.BookPath).WaitAsync(Patience))
        {
            using var client = new HttpClient { BaseAddress = process.Address };
            foreach (var key in answered) Assert.Equal("succeeded", (await client.ReadAsync($"v1/charges/{key}")).Text("outcome"));

            // Each caller had at most one charge in flight, which may be booked without having been answered.
            var booked = (await client.ReadAsync("v1/book/summary")).Number("succeeded");
            Assert.InRange(booked, answered.Count, answered.Count + Callers);
        }

        async Task ChargeUntilKilledAsync(HttpClient client, int caller)
        {
            for (var n = 0; ; n++)
            {
                var key = $"s-{caller}:{n}:1";
                try
                {
                    if ((await client.ChargeAsync(key)).Text("outcome") == "succeeded") answered.Enqueue(key);
                }
                catch (HttpRequestException)
                {
                    return;
                }

                if (answered.Count >= AnswersBeforeKill) enough.TrySetResult();
            }
        }
    }
}
