using System.Buffers;

namespace OrleansBilling.Gateway.Bulk;

/// <summary>
/// Cuts a stream into lines of at most 64 KiB. What is longer is passed over without being kept, and told once as such.
/// Blank lines are passed over, but counted.
/// </summary>
internal struct LineSplitter
{
    public const int LineBytesMax = 64 * 1024;

    private bool skipping;

    /// <summary>The number of the line that was cut last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Cuts the next line off <paramref name="buffer"/>; false when more must be read first.</summary>
    public bool TryCut(ref ReadOnlySequence<byte> buffer, bool ended, out Line line)
    {
        while (!buffer.IsEmpty)
        {
            var end = buffer.PositionOf((byte)'\n');
            if (end is null && !ended)
            {
                line = default;
                if (!skipping && buffer.Length <= LineBytesMax) return false;
                buffer = buffer.Slice(buffer.End);
                if (skipping) return false;
                skipping = true;
                Number++;
                line = new Line(Number, default, TooLong: true);
                return true;
            }

            var bytes = end is { } position ? buffer.Slice(0, position) : buffer;
            buffer = end is { } newline ? buffer.Slice(buffer.GetPosition(1, newline)) : buffer.Slice(buffer.End);
            if (skipping)
            {
                // The rest of a line that was too long, and told so already.
                skipping = false;
                continue;
            }

            Number++;
            if (IsBlank(bytes)) continue;
            line = new Line(Number, bytes, TooLong: bytes.Length > LineBytesMax);
            return true;
        }

        line = default;
        return false;
    }

    private static bool IsBlank(in ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            if (segment.Span.ContainsAnyExcept(" \t\r"u8)) return false;
        }

        return true;
    }
}

/// <summary>A line of a stream.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Bytes">Without its end; only good until the reader advances.</param>
/// <param name="TooLong">Whether it is longer than may be.</param>
internal readonly record struct Line(long Number, ReadOnlySequence<byte> Bytes, bool TooLong);
