using System.Text;
using OrleansBilling.Fuzz.Tests.Api;
using OrleansBilling.Fuzz.Tests.Checks;
using OrleansBilling.Fuzz.Tests.Generation;

namespace OrleansBilling.Fuzz.Tests;

/// <summary>The fuzzer must detect the faults that it looks for.</summary>
public sealed class AnswerCheckTests
{
    private const string Problem = "application/problem+json";
    private const string Json = "application/json";
    private const string Lines = "application/x-ndjson";

    private static readonly ApiDocument Document = new("""
        {"openapi":"3.1.1","paths":{
          "/v1/things":{"post":{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}},
            "responses":{
            "200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}},
            "400":{"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},
            "503":{"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}}}}},
          "/v1/lines":{"post":{"responses":{"200":{"content":{"application/x-ndjson":{"schema":{"$ref":"#/components/schemas/Line"}}}}}}}},
         "components":{"schemas":{
          "Thing":{"type":"object","required":["id","at"],"properties":{"id":{"type":"string"},"at":{"type":["null","string"],
            "format":"date-time"}}},
          "Line":{"type":"object","required":["status"],"properties":{"status":{"type":"integer"}}},
          "Problem":{"type":"object","required":["status"],"properties":{"status":{"type":"integer"}}}}}}
        """);

    [Theory]
    [InlineData(200, Json, """{"id":"a","at":null}""", null)]
    [InlineData(200, Json, """{"id":"a","at":"2024-01-31T00:00:00Z"}""", null)]
    [InlineData(200, Json, """{"id":"a","at":"yesterday"}""", "does not match its schema")]
    [InlineData(200, Json, """{"id":1,"at":null}""", "does not match its schema")]
    [InlineData(200, Json, """{"id":"a"}""", "does not match its schema")]
    [InlineData(200, Json, """{"id":"a","id":"b","at":null}""", "strict JSON")]
    [InlineData(200, Json, """{"id":"a","at":null,"more":{"x":1,"x":2}}""", "strict JSON")]
    [InlineData(200, Json, "", "strict JSON")]
    [InlineData(201, Json, """{"id":"a","at":null}""", "not described")]
    [InlineData(400, Problem, """{"status":400}""", null)]
    [InlineData(400, Problem, """{"status":422}""", "another status")]
    [InlineData(400, Json, """{"status":400}""", "no problem+json")]
    [InlineData(500, Problem, """{"status":500}""", "fault of the server")]
    [InlineData(503, Problem, """{"status":503}""", "fault of the server")]
    public void An_answer_is_held_against_its_description(int status, string mediaType, string text, string? fault) =>
        AssertFault(fault, Check("/v1/things", new Answer(status, mediaType, text, NoSniff: true, RetryAfter: false)));

    [Fact]
    public void Overload_may_be_told_when_it_says_when_to_come_back() =>
        Assert.Null(Check("/v1/things", new Answer(503, Problem, """{"status":503}""", NoSniff: true, RetryAfter: true)));

    [Fact]
    public void An_answer_that_may_be_sniffed_is_a_fault() =>
        AssertFault(
            "X-Content-Type-Options",
            Check("/v1/things", new Answer(200, Json, """{"id":"a","at":null}""", NoSniff: false, RetryAfter: false)));

    [Theory]
    [InlineData("{\"status\":200}\n{\"status\":422}\n", null)]
    [InlineData("{\"status\":200}\n{\"status\":500}\n", "fault of the server")]
    [InlineData("{\"status\":200}\n{\"line\":2}\n", "does not match its schema")]
    public void Each_line_of_a_stream_is_an_answer(string lines, string? fault) =>
        AssertFault(fault, Check("/v1/lines", new Answer(200, Lines, lines, NoSniff: true, RetryAfter: false)));

    [Fact]
    public void Where_the_world_changed_is_shown() =>
        Assert.Contains(
            "version\":2", WorldDigest.Difference("""{"id":"s","version":1}""", """{"id":"s","version":2}"""), StringComparison.Ordinal);

    private static string? Check(string path, Answer answer)
    {
        var operation = Document.Operations.Single(operation => operation.Path == path);
        return new AnswerCheck(Document)
            .Fault(new FuzzRequest(1, operation, "POST", path, "admin", null, null, Json, Encoding.UTF8.GetBytes("{}")), answer);
    }

    private static void AssertFault(string? expected, string? fault)
    {
        if (expected is null) Assert.Null(fault);
        else Assert.Contains(expected, Assert.IsType<string>(fault), StringComparison.Ordinal);
    }
}
