using System.Text;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>Bytes in which every occurrence of an id is overwritten in place. The buffer is reused.</summary>
internal sealed class PatchedBytes
{
    private readonly byte[] bytes;
    private readonly int[] places;
    private readonly int length;

    public PatchedBytes(byte[] template, string id)
    {
        bytes = [.. template];
        length = id.Length;
        var found = new List<int>();
        var sought = Encoding.ASCII.GetBytes(id);
        for (var from = 0; bytes.AsSpan(from).IndexOf(sought) is >= 0 and var at; from += at + length) found.Add(from + at);
        places = [.. found];
    }

    /// <summary>The bytes with this id, which must have the same length as the original.</summary>
    public byte[] For(string id)
    {
        if (id.Length != length) throw new ArgumentException($"'{id}' is not {length} characters long.", nameof(id));
        foreach (var at in places) Encoding.ASCII.GetBytes(id, bytes.AsSpan(at, length));
        return bytes;
    }
}
