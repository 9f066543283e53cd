using System.Collections.Immutable;
using System.Text.Json;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>Converts between an invoice and the bytes in the list of invoices. If a field is added, the list must be rebuilt.</summary>
public static class InvoiceCodec
{
    public static byte[] Encode(Invoice invoice) => JsonSerializer.SerializeToUtf8Bytes(invoice, DomainJson.Options);

    /// <exception cref="JsonException"><see cref="Encode"/> did not write this.</exception>
    public static Invoice Decode(byte[] data)
    {
        var invoice = JsonSerializer.Deserialize<Invoice>(data, DomainJson.Options) ?? throw new JsonException("The invoice is null.");

        // Empty arrays are not written, and these two have no default.
        return invoice with { Lines = OrEmpty(invoice.Lines), Attempts = OrEmpty(invoice.Attempts) };
    }

    private static ImmutableArray<T> OrEmpty<T>(ImmutableArray<T> items) => items.IsDefault ? [] : items;
}
