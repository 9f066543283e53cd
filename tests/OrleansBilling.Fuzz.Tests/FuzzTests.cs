
namespace OrleansBilling.Fuzz.Tests;

/// <summary>
/// Sends random valid and mutated requests to every operation of the OpenAPI document. A failure prints the command
/// that reproduces it; the command can run any number of requests.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Three_thousand_requests_find_nothing_that_the_description_does_not_say()
    {
        var report = await FuzzRun.RunAsync(FuzzRun.SeedDefault, FuzzRun.RequestsDefault);
        output.WriteLine(report.ToString());
        Assert.True(report.Faults.Count == 0, report.ToString());

        // Requests that never pass the first check would find nothing.
        Assert.True(
            report.OperationsDone.Count >= report.OperationsAll * 9 / 10, $"Never succeeded: {string.Join(", ", report.NeverDone)}");
    }
}
