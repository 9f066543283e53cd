using System.Text;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Targets;
using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>How requests are written and answers are read.</summary>
public sealed class AnswerTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";

    [Fact]
    public void An_answer_is_understood_wherever_it_is_cut()
    {
        var whole = Encoding.ASCII.GetBytes($"{Head}6\r\none\ntw\r\n2\r\no\n\r\n0\r\n\r\n");
        for (var cut = 0; cut <= whole.Length; cut++)
        {
            var lines = new List<string>();
            var answer = new ChunkedLines();
            answer.Feed(whole.AsSpan(0, cut), line => lines.Add(Encoding.ASCII.GetString(line)));
            answer.Feed(whole.AsSpan(cut), line => lines.Add(Encoding.ASCII.GetString(line)));
            Assert.Equal(["one", "two"], lines);
            Assert.True(answer.IsOver);
        }
    }

    [Fact]
    public void An_answer_to_no_line_is_over_with_its_head()
    {
        var answer = new ChunkedLines();
        answer.Feed("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8, _ => Assert.Fail("There is no line."));
        Assert.True(answer.IsOver);
    }

    [Fact]
    public void A_refused_stream_says_so()
    {
        var refused = Assert.Throws<LoadTestException>(() => new ChunkedLines().Feed("HTTP/1.1 401 Unauthorized\r\n\r\n"u8, _ => { }));
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subscription_tells_its_version()
    {
        var answer = AnswerReader.Read(201, """{"id":"s","version":12,"status":"active","customer":{"id":"c","version":99}}"""u8);
        Assert.Equal(new CommandAnswer(AnswerKind.Done, 12, null), answer);
    }

    [Theory]
    [InlineData(409, """{"type":"about:blank","status":409,"code":"subscription_ended"}""", AnswerKind.Refused, "subscription_ended")]
    [InlineData(503, """{"status":503,"code":"busy"}""", AnswerKind.Failed, "busy")]
    [InlineData(429, """{"status":429,"code":"attempt_limit"}""", AnswerKind.Failed, "attempt_limit")]
    [InlineData(500, "{}", AnswerKind.Failed, "status_500")]
    internal void A_problem_tells_its_code(int status, string body, AnswerKind kind, string code) =>
        Assert.Equal(new CommandAnswer(kind, 0, code), AnswerReader.Read(status, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void A_line_carries_its_status()
    {
        Assert.Equal(
            new CommandAnswer(AnswerKind.Done, 7, null),
            AnswerReader.ReadLine("""{"line":1,"status":200,"subscription_id":"s","version":7}"""u8));
        Assert.Equal(
            new CommandAnswer(AnswerKind.Refused, 0, "not_trialing"),
            AnswerReader.ReadLine("""{"line":2,"status":409,"subscription_id":"s","error":{"code":"not_trialing","detail":"no"}}"""u8));
    }

    [Fact]
    public void An_answer_without_a_version_is_an_error() =>
        Assert.Throws<LoadTestException>(() => AnswerReader.Read(200, """{"id":"s"}"""u8));

    [Fact]
    public void Names_of_a_run_carry_its_tag_and_a_start_is_an_instant()
    {
        var catalog = LoadCatalog.Make(12, new BillingInterval(IntervalUnit.Day, 30), "r1-2-");
        Assert.Equal(["r1-2-seller-0000", "r1-2-seller-0001"], catalog.Sellers);
        Assert.Equal(7, catalog.NumberOf(catalog.IdOf(7)));
        Assert.Equal(
            """{"type":"subscribe","subscription_id":"r1-2-load-00000007","offer_id":"r1-2-offer-0011","customer":""" +
            """{"id":"customer-r1-2-load-00000007"},"payment_method":{"token":"tok_ok"},"start_at":"2026-03-01T12:00:00Z"}""" + "\n",
            Encoding.ASCII.GetString(
                new CommandBodies(catalog).Line(
                    new LoadCommand(LoadKind.Subscribe, 7, 11, "tok_ok", Instant.FromUtc(2026, 3, 1, 12, 0)))));
    }

    [Fact]
    public void Requests_and_lines_follow_the_contract()
    {
        var bodies = new CommandBodies(LoadCatalog.Make(3, new BillingInterval(IntervalUnit.Month, 1)));
        var subscribe = new LoadCommand(LoadKind.Subscribe, 5, Product: 2, Token: "tok_ok");
        Assert.EndsWith(
            "\r\n\r\n" +
                """{"id":"load-00000005","offer_id":"offer-0002","customer":{"id":"customer-load-00000005"},"payment_method":""" +
                """{"token":"tok_ok"}}""",
            Encoding.ASCII.GetString(bodies.Request("127.0.0.1:1", "key", subscribe)), StringComparison.Ordinal);
        Assert.StartsWith(
            "POST /v1/subscriptions/load-00000005/uncancel HTTP/1.1\r\n",
            Encoding.ASCII.GetString(bodies.Request("h", "k", new LoadCommand(LoadKind.Uncancel, 5))), StringComparison.Ordinal);
        Assert.Equal(
            """{"type":"retry","subscription_id":"load-00000005"}""" + "\n",
            Encoding.ASCII.GetString(bodies.Line(new LoadCommand(LoadKind.Retry, 5))));
        Assert.Equal(
            """{"type":"payment_method","subscription_id":"load-00000005","token":"tok_ok"}""" + "\n",
            Encoding.ASCII.GetString(bodies.Line(new LoadCommand(LoadKind.PaymentMethod, 5, Token: "tok_ok"))));
    }
}
