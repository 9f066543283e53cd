using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using OrleansBilling.Fuzz.Tests.Api;

namespace OrleansBilling.Fuzz.Tests.Generation;

/// <summary>A request before it is sent, with what is expected of it.</summary>
/// <param name="Number">Which of the run.</param>
/// <param name="Operation">What it is a request of.</param>
/// <param name="Method">The operation's, or another on purpose.</param>
/// <param name="Path">With its query.</param>
/// <param name="Caller">Whose key it bears, by name.</param>
/// <param name="Key">The key; null for none.</param>
/// <param name="IdempotencyKey">The caller's own key, or null.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">Null for none.</param>
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
