using System.Text.Json.Nodes;
using OrleansBilling.Client.Tests.Generation;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Client.Tests;

/// <summary>The client's generated code is what the generator makes from the document of today's server.</summary>
public sealed class GeneratedTests
{
    private const string Command =
        "UPDATE_CLIENT=1 dotnet test -c Release tests/OrleansBilling.Client.Tests --filter FullyQualifiedName~GeneratedTests";

    private static string Folder => Path.Combine(RepositoryFolder.Root, "src", "OrleansBilling.Client", "Generated");

    [Fact]
    public async Task The_client_is_made_from_the_document_of_the_server()
    {
        await using var gateway = await TestGateway.StartAsync();
        var document = JsonNode.Parse((await gateway.As(null).GetAsync("/openapi/v1.json")).Expect(200).Text)!.AsObject();
        var files = ClientGenerator.Generate(document);
        if (Environment.GetEnvironmentVariable("UPDATE_CLIENT") is not null) Write(files);

        var stored = Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(files.Keys, stored);
        Assert.All(files, file => Assert.True(
            file.Value == File.ReadAllText(Path.Combine(Folder, file.Key)), $"{file.Key} is not as the document says. {Command}"));
    }

    private static void Write(IReadOnlyDictionary<string, string> files)
    {
        foreach (var file in Directory.GetFiles(Folder)) File.Delete(file);
        foreach (var (name, text) in files) File.WriteAllText(Path.Combine(Folder, name), text);
    }
}
