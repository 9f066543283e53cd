using Microsoft.Net.Http.Headers;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <summary>A picture as it was sent; whether it is one is not yet known.</summary>
internal sealed record ImageBody(byte[] Content)
{
    /// <summary>The media types that are read.</summary>
    public static readonly string[] ContentTypes = ["image/png", "image/jpeg"];
}

/// <summary>Reads bodies that are pictures.</summary>
internal sealed class ImageBodyReader(int bytesMax) : BodyReader<ImageBody>(bytesMax)
{
    protected override RequestBody<ImageBody> Parse(HttpRequest request, ReadOnlySpan<byte> bytes, bool fingerprint) =>
        IsImage(request) ? new(new ImageBody(bytes.ToArray()), null, 0) : new(null, ApiErrors.ImageType, 0);

    private static bool IsImage(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0 && MediaTypeHeaderValue.TryParse(request.ContentType, out var type) &&
        ImageBody.ContentTypes.Any(known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase));
}
