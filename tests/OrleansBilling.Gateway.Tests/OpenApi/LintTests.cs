using System.Diagnostics;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests.OpenApi;

/// <summary>The API description is clean under the rules that others check such documents with.</summary>
public sealed class LintTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private static string Folder => Path.Combine(RepositoryFolder.Root, "tests", "OrleansBilling.Gateway.Tests", "openapi-lint");

    /// <summary>Warnings count as much as errors.</summary>
    [Fact]
    public async Task Redoclys_recommended_and_spectrals_oas_rules_find_nothing()
    {
        Assert.SkipUnless(IsCi || IsInstalled("npm"), "Not installed here: npm.");
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
            await ExternalProgram.RunAsync(Program("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        using var directory = new DataDirectory();
        var file = Path.Combine(directory.Path, "openapi.json");
        var document = (await shared.Gateway.As(null).GetAsync("/openapi/v1.json")).Expect(200).Text;
        await File.WriteAllTextAsync(file, document);

        var fault = await Record.ExceptionAsync(() => ExternalProgram.RunAsync(Program("node", "lint.mjs", file)));
        Assert.True(fault is null, fault?.Message);
    }

    private static bool IsCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static ProcessStartInfo Program(string name, params string[] arguments) => new(name, arguments) { WorkingDirectory = Folder };
}
