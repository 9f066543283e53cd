using System.Diagnostics;
using OrleansBilling.Fuzz.Tests.Api;
using OrleansBilling.Fuzz.Tests.Book;
using OrleansBilling.Fuzz.Tests.Checks;
using OrleansBilling.Fuzz.Tests.Generation;

namespace OrleansBilling.Fuzz.Tests;

/// <summary>One run: a gateway with a seeded book, sequential requests, and a check of every answer and its effects.</summary>
internal sealed class FuzzRun
{
    public const int RequestsDefault = 3_000;
    public const int SeedDefault = 20_240_131;

    /// <summary>After this many faults the rest are mostly repeats.</summary>
    private const int FaultsMax = 40;

    /// <summary>A request that takes longer hangs, however busy the machine is.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromMinutes(1);

    private readonly HttpClient http;
    private readonly SeededBook book;
    private readonly AnswerCheck check;
    private readonly WorldDigest world;
    private readonly FuzzReport report;
    private string? before;

    private FuzzRun(HttpClient http, SeededBook book, ApiDocument document, FuzzReport report)
    {
        this.http = http;
        this.book = book;
        this.report = report;
        check = new AnswerCheck(document);
        world = new WorldDigest(http, book);
    }

    public static async Task<FuzzReport> RunAsync(int seed, int requests)
    {
        await using var gateway = await FuzzGateway.StartAsync();
        var document = new ApiDocument(await gateway.Http.GetStringAsync("/openapi/v1.json"));
        var book = new SeededBook(gateway.Http);
        await book.SeedAsync();
        var report = new FuzzReport(seed, document.Operations.Count);
        report.NeverDone.UnionWith(document.Operations.Select(operation => operation.Name));
        var maker = new RequestMaker(document, new Dice(seed), book);
        var run = new FuzzRun(gateway.Http, book, document, report);
        var started = Stopwatch.GetTimestamp();
        for (; report.Requests < requests && report.Faults.Count < FaultsMax; report.Requests++) await run.SendAsync(maker.Next());
        report.Elapsed = Stopwatch.GetElapsedTime(started);
        return report;
    }

    private async Task SendAsync(FuzzRequest request)
    {
        if (request.Operation.Writes) before ??= await world.ReadAsync();
        var started = Stopwatch.GetTimestamp();
        Answer answer;
        try
        {
            using var message = request.ToMessage();
            using var response = await http.SendAsync(message);
            answer = await Answer.ReadAsync(response);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            report.Faults.Add($"{request}\n    no answer: {e.Message}");
            before = null;
            return;
        }

        report.Statuses[answer.Status] = report.Statuses.GetValueOrDefault(answer.Status) + 1;
        var fault = Stopwatch.GetElapsedTime(started) > AnswerMax ? "an answer that took too long" : check.Fault(request, answer);
        if (answer.Status < 300) Learn(request, answer);
        if (request.Operation.Writes || request.Method != request.Operation.Method) fault ??= await EffectAsync(answer);
        if (fault is not null)
            report.Faults.Add($"{request}\n    {answer.Status} {answer.Text[..Math.Min(answer.Text.Length, 400)]}\n    {fault}");
    }

    /// <summary>Lets an accepted request finish; checks that a refused one changed nothing.</summary>
    private async Task<string?> EffectAsync(Answer answer)
    {
        if (answer.Status < 400)
        {
            await book.SettleAsync();
            before = null;
            return null;
        }

        var after = await world.ReadAsync();
        var changed = before is not null && before != after ? $"a refusal with an effect: {WorldDigest.Difference(before, after)}" : null;
        before = after;
        return changed;
    }

    private void Learn(FuzzRequest request, Answer answer)
    {
        if (request.Method != request.Operation.Method) return;
        report.OperationsDone.Add(request.Operation.Name);
        report.NeverDone.Remove(request.Operation.Name);
        book.Learn(request.Operation.Name, answer.Text);
    }
}
