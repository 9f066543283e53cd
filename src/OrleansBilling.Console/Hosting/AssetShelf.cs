using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace OrleansBilling.Console.Hosting;

/// <summary>
/// The scripts and styles of the pages. They are embedded in the program, also those of packages, so it does not matter how the program
/// was published. A name contains a hash of the content: browsers keep a file for good, and a new version has a new name.
/// </summary>
public sealed class AssetShelf
{
    private const string Prefix = "assets/";

    private readonly FrozenDictionary<string, Asset> byPath;
    private readonly FrozenDictionary<string, string> paths;

    public AssetShelf()
    {
        var assembly = typeof(AssetShelf).Assembly;
        var all = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Read(name[Prefix.Length..], assembly.GetManifestResourceStream(name)!))
            .ToList();
        byPath = all.ToFrozenDictionary(asset => asset.Path, StringComparer.Ordinal);
        paths = all.ToFrozenDictionary(asset => asset.Name, asset => asset.Path, StringComparer.Ordinal);
    }

    /// <summary>Where a file is, relative to the console.</summary>
    public string PathOf(string name) => $"_assets/{paths[name]}";

    internal Asset? Find(string path) => byPath.GetValueOrDefault(path);

    private static Asset Read(string name, Stream stream)
    {
        using var content = new MemoryStream();
        using (stream) stream.CopyTo(content);
        var bytes = content.ToArray();
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6));
        var type = System.IO.Path.GetExtension(name) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => throw new InvalidOperationException($"{other} is no asset."),
        };
        return new Asset(name, $"{hash}/{name}", type, bytes, packed.ToArray());
    }
}

/// <param name="Brotli">The content, compressed.</param>
internal sealed record Asset(string Name, string Path, string ContentType, byte[] Content, byte[] Brotli);
