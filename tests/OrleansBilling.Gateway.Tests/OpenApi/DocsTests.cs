using System.Text.RegularExpressions;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests.OpenApi;

/// <summary>The API reference at /docs comes whole from the process, and its policy forbids everything else.</summary>
public sealed partial class DocsTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Fact]
    public async Task The_page_and_all_that_it_names_come_from_the_server()
    {
        var page = (await shared.Gateway.As(null).GetAsync("/docs")).Expect(200);
        Assert.Contains("openapi/v1.json", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("//", page.Text, StringComparison.Ordinal);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("connect-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);

        var scripts = Script().Matches(page.Text).Select(match => match.Groups["file"].Value).ToList();
        Assert.NotEmpty(scripts);
        foreach (var script in scripts) (await shared.Gateway.As(null).GetAsync($"/docs/{script}")).Expect(200);
    }

    [Fact]
    public async Task The_root_leads_browsers_to_the_console_and_tells_programs_of_the_reference()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = shared.Gateway.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        using var answer = await http.SendAsync(request);
        Assert.Equal($"{shared.Gateway.Address.GetLeftPart(UriPartial.Authority)}/console", answer.Headers.Location?.OriginalString);

        Assert.Equal("/docs", (await shared.Gateway.As(null).GetAsync("/")).Expect(200).String("docs"));
    }

    [GeneratedRegex("src=\"(?<file>[^\"]+)\"")]
    private static partial Regex Script();
}
