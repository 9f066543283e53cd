using System.Net.Http.Json;
using System.Text.Json;

namespace OrleansBilling.LoadTests.Scenarios.Audit;

/// <summary>Reads the book of the stand-alone payment simulator.</summary>
internal static class SimulatorBook
{
    private const int PageMax = 1_000;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The keys of all successful charges of subscriptions whose ids start with this prefix.</summary>
    public static async Task<IReadOnlyCollection<string>> ReadChargesAsync(
        Uri simulator, string tag, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = simulator };
        var succeeded = new List<string>();
        string? cursor = null;
        do
        {
            var path = $"/v1/charges?limit={PageMax}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}";
            var page = await client.GetFromJsonAsync<BookPage>(path, Json, cancellationToken)
                ?? throw new LoadTestException("The provider returned null instead of its book.");
            succeeded.AddRange(
                page.Items.Where(charge => charge.Outcome == "succeeded" && charge.Key.StartsWith(tag, StringComparison.Ordinal))
                    .Select(charge => charge.Key));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return succeeded;
    }

    private sealed record BookPage(IReadOnlyList<BookedCharge> Items, string? NextCursor);

    private sealed record BookedCharge(string Key, string Outcome);
}
