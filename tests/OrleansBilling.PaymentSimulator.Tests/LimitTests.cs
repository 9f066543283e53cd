using System.ComponentModel.DataAnnotations;
using System.Net;

namespace OrleansBilling.PaymentSimulator.Tests;

public sealed class LimitTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BookFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_full_queue_pushes_back_and_who_asks_again_later_is_served()
    {
        const int Callers = 20;
        const int QueueRows = 2;
        await using var factory = new SimulatorFactory(folder.BookPath) { QueueRowsMax = QueueRows };
        using var client = factory.CreateClient();
        await client.ChargeAsync("first:1:1");

        // While somebody else holds the write lock, at most one batch and one full queue of callers can wait.
        Task<Reply>[] callers;
        await using (folder.Execute("begin immediate"))
        {
            callers = [.. Enumerable.Range(0, Callers).Select(n => client.ChargeAsync($"s-{n}:1:1"))];
            var refused = 0;
            await foreach (var caller in Task.WhenEach(callers))
            {
                var reply = await caller;
                Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.Status);
                Assert.Equal("busy", reply.Text("code"));
                if (++refused == Callers - 2 * QueueRows) break;
            }
        }

        var replies = await Task.WhenAll(callers).WaitAsync(Patience);
        var served = replies.Count(reply => reply.Status == HttpStatusCode.OK);
        Assert.InRange(served, QueueRows, 2 * QueueRows);
        Assert.Equal(served + 1, (await client.ReadAsync("v1/book/summary")).Number("charges"));
        Assert.Equal("succeeded", (await client.ChargeAsync($"s-{Callers - 1}:1:1")).Text("outcome"));
    }

    [Fact]
    public async Task A_book_that_cannot_be_written_is_a_503_and_books_nothing()
    {
        await using var factory = new SimulatorFactory(folder.BookPath);
        using var client = factory.CreateClient();
        await using (folder.Execute("alter table charge rename to elsewhere"))
        {
            var refused = await client.ChargeAsync("s:1:1");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
            Assert.Equal("book_unavailable", refused.Text("code"));
        }

        await using (folder.Execute("alter table elsewhere rename to charge"))
        {
            Assert.Equal("succeeded", (await client.ChargeAsync("s:1:1")).Text("outcome"));
            Assert.Equal(1, (await client.ReadAsync("v1/charges/s:1:1")).Number("asks"));
        }
    }

    [Theory]
    [InlineData(64 * 1024, HttpStatusCode.BadRequest, "token_invalid")]
    [InlineData(64 * 1024 + 1, HttpStatusCode.RequestEntityTooLarge, "body_too_large")]
    public async Task A_body_has_at_most_64_kibibytes(int bytes, HttpStatusCode status, string code)
    {
        await using var factory = new SimulatorFactory(folder.BookPath);
        using var client = new HttpClient { BaseAddress = factory.ListenOnSocket() };
        var head = """{"key":"s:1:1","amount":1,"currency":"BRL","attempt":1,"token":" """;
        var body = head + new string('x', bytes - head.Length - 2) + "\"}";

        var reply = await client.PostTextAsync("v1/charges", body);

        Assert.Equal(status, reply.Status);
        Assert.Equal(code, reply.Text("code"));
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused_at_start()
    {
        using var factory = new SimulatorFactory(folder.BookPath) { DropAnswerPercent = 101 };

        Assert.ThrowsAny<Exception>(() => factory.CreateClient());
    }

    [Fact]
    public void Settings_that_make_no_sense_are_named()
    {
        var settings = new SimulatorSettings { DropAnswerPercent = 101 };
        var faults = new List<ValidationResult>();

        Assert.False(Validator.TryValidateObject(settings, new ValidationContext(settings), faults, validateAllProperties: true));
        Assert.Contains("DropAnswerPercent", Assert.Single(faults).ErrorMessage!, StringComparison.Ordinal);
    }
}
