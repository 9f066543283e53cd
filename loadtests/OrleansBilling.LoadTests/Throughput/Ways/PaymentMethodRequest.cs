using System.Globalization;
using System.Text;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>The one command that every way sends, as bytes of a request or a line, patched in place.</summary>
internal sealed class PaymentMethodRequest
{
    /// <summary>Two tokens, so that each command changes one. Any will do, because the measurement charges none of them.</summary>
    public static readonly string[] Tokens = ["tok_decline_1", "tok_decline_2"];

    private readonly byte[] bytes;
    private readonly int idAt;
    private readonly int tokenDigitAt;

    private PaymentMethodRequest(string text, string id, string token)
    {
        bytes = Encoding.ASCII.GetBytes(text);
        idAt = text.IndexOf(id, StringComparison.Ordinal);
        tokenDigitAt = text.IndexOf(token, StringComparison.Ordinal) + token.Length - 1;
    }

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>POST /v1/subscriptions/{id}/payment-method.</summary>
    public static PaymentMethodRequest OverHttp(Uri address, string key)
    {
        var id = new string('0', Subscriptions.IdLength);
        var body = $$"""{"token":"{{Tokens[0]}}"}""";
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v1/subscriptions/{id}/payment-method HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key}\r\n" +
            $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        return new PaymentMethodRequest(head + body, id, Tokens[0]);
    }

    /// <summary>A line of POST /v1/commands.</summary>
    public static PaymentMethodRequest AsLine()
    {
        var id = new string('0', Subscriptions.IdLength);
        return new PaymentMethodRequest(
            $$"""{"type":"payment_method","subscription_id":"{{id}}","token":"{{Tokens[0]}}"}""" + "\n", id, Tokens[0]);
    }

    /// <summary>Inserts a subscription's id and one of the tokens.</summary>
    public ReadOnlyMemory<byte> For(string id, long round)
    {
        Encoding.ASCII.GetBytes(id, bytes.AsSpan(idAt));
        bytes[tokenDigitAt] = (byte)Tokens[round % Tokens.Length][^1];
        return bytes;
    }
}
