using System.Buffers;

namespace OrleansBilling.Gateway.Bulk;

/// <summary>
/// Splits a stream into lines of at most 64 KiB. A longer line is reported once and skipped without being buffered. Blank lines are
/// skipped but counted.
/// </summary>
internal struct LineSplitter
{
    public const int LineBytesMax = 64 * 1024;

    private bool skipping;

    /// <summary>The number of the last line, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Cuts the next line off <paramref name="buffer"/>. False if more must be read first.</summary>
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
                // The rest of a line that was too long and already reported.
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
/// <param name="Number">Counted from 1.</param>
/// <param name="Bytes">The line without its end. Valid only until the reader advances.</param>
/// <param name="TooLong">Whether it exceeds the maximum length.</param>
internal readonly record struct Line(long Number, ReadOnlySequence<byte> Bytes, bool TooLong);
