using System.Net.Http.Headers;
using System.Text;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>Opens the Orleans Dashboard like a browser: with HTTP Basic, or without any sign-in.</summary>
internal sealed class DashboardVisitor(Uri address) : IDisposable
{
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };

    public async Task<(int Status, HttpResponseHeaders Headers, string Text)> GetAsync(string path, string? password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (password is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{password}")));
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync());
    }

    public async Task<int> StatusOfAsync(string path, string? password) => (await GetAsync(path, password)).Status;

    public void Dispose() => http.Dispose();
}
