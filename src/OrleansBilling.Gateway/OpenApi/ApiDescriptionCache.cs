using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>Generates the OpenAPI document on the first request, and caches it.</summary>
internal sealed class ApiDescriptionCache(IOpenApiDocumentProvider provider) : IDisposable
{
    private readonly SemaphoreSlim making = new(1);
    private byte[]? made;

    public async Task WriteAsync(HttpContext http)
    {
        var document = made ?? await MakeAsync(http.RequestAborted);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = document.Length;
        await http.Response.BodyWriter.WriteAsync(document, http.RequestAborted);
    }

    public void Dispose() => making.Dispose();

    private async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        await making.WaitAsync(cancellationToken);
        try
        {
            if (made is not null) return made;
            var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
            using var stream = new MemoryStream();
            await document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1, cancellationToken);
            return made = stream.ToArray();
        }
        finally
        {
            making.Release();
        }
    }
}
