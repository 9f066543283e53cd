namespace OrleansBilling.Fuzz.Tests.Checks;

internal sealed record Answer(int Status, string? MediaType, string Text, bool NoSniff, bool RetryAfter)
{
    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(),
        response.Headers.TryGetValues("X-Content-Type-Options", out var options) && options.Single() == "nosniff",
        response.Headers.RetryAfter is not null);
}
