using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using OrleansBilling.Fuzz.Tests.Api;

namespace OrleansBilling.Fuzz.Tests.Generation;

/// <summary>A request before it is sent, and what is expected of it.</summary>
/// <param name="Number">The position of the request in the run.</param>
/// <param name="Operation">The operation that it tests.</param>
/// <param name="Method">The method of the operation, or deliberately another.</param>
/// <param name="Path">The path with the query.</param>
/// <param name="Caller">The name of the caller whose key it uses.</param>
/// <param name="Key">The key; null for none.</param>
/// <param name="IdempotencyKey">The idempotency key, or null.</param>
/// <param name="ContentType">The content type of the body.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record FuzzRequest(
    int Number, ApiOperation Operation, string Method, string Path, string Caller, string? Key, string? IdempotencyKey, string? ContentType,
    byte[]? Body)
{
    private const int ShownCharactersMax = 600;

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), Path);
        if (Key is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        if (IdempotencyKey is not null) message.Headers.TryAddWithoutValidation("Idempotency-Key", IdempotencyKey);
        if (Body is null) return message;
        message.Content = new ByteArrayContent(Body);
        if (ContentType is not null) message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        return message;
    }

    public override string ToString()
    {
        var body = Body is null ? "" : Encoding.UTF8.GetString(Body);
        if (body.Length > ShownCharactersMax) body = body[..ShownCharactersMax] + "…";
        return string.Create(CultureInfo.InvariantCulture, $"#{Number} {Caller}: {Method} {Path} {IdempotencyKey} {body}");
    }
}
