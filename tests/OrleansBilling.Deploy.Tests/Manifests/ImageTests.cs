using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>Every image in deploy is of exactly one version.</summary>
public sealed class ImageTests
{
    [Fact]
    public async Task No_file_names_an_image_that_may_change()
    {
        var found = 0;
        foreach (var file in Directory.GetFiles(DeployFolder.Path(), "*", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file);
            found += ImageReferences.Find(text).Count;
            Assert.True(
                ImageReferences.FindFloating(text) is { Count: 0 },
                $"{file}: {string.Join(", ", ImageReferences.FindFloating(text))} may change; name an exact version.");
        }

        Assert.True(found >= 20, $"Only {found} images were found.");
    }

    [Theory]
    [InlineData("  image: postgres")]
    [InlineData("  image: postgres:latest")]
    [InlineData("  image: postgres:15")]
    [InlineData("  image: postgres:15-bookworm${POSTGRES_DIGEST:-}")]
    [InlineData("    - image: \"haproxy:2.6-bookworm\"")]
    [InlineData("x: {image: haproxy:lts, restart: always}")]
    [InlineData("  image: registry.example.com:5000/server")]
    [InlineData("  image: server:${VERSION}")]
    [InlineData("    newTag: latest")]
    [InlineData("    newTag: \"1.0\"")]
    [InlineData("FROM debian")]
    [InlineData("FROM --platform=linux/amd64 debian:bookworm AS build\nFROM build")]
    [InlineData("ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0")]
    [InlineData("$ docker build -f Dockerfile -t server:latest .")]
    public void One_that_may_change_is_found(string planted) =>
        Assert.Single(ImageReferences.FindFloating($"# A comment\n{planted}\n"));

    [Theory]
    [InlineData("  image: postgres:15.10-bookworm${POSTGRES_DIGEST:-}")]
    [InlineData("  image: registry.example.com:5000/a/server:1.0.0")]
    [InlineData("FROM debian:12.11.0 AS build\nFROM build AS next\nFROM ${RUNTIME}")]
    public void One_that_cannot_change_is_accepted(string text) => Assert.Empty(ImageReferences.FindFloating(text));
}
