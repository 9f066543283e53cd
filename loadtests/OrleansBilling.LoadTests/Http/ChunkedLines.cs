namespace OrleansBilling.LoadTests.Http;

/// <summary>Handles one line. The bytes are valid only during the call.</summary>
internal delegate void LineReceived(ReadOnlySpan<byte> line);

/// <summary>Splits a chunked response into lines as its pieces arrive.</summary>
internal sealed class ChunkedLines
{
    private readonly byte[] line = new byte[4096];
    private int lineLength;
    private State state = State.Head;
    private int headMatched;
    private long chunkLeft;

    private enum State
    {
        Head,
        Size,
        SizeEnd,
        Data,
        DataEnd,
        Over,
    }

    /// <summary>Whether the response is complete.</summary>
    public bool IsOver => state == State.Over;

    /// <summary>Takes the bytes that arrived and passes each completed line to <paramref name="received"/>.</summary>
    public void Feed(ReadOnlySpan<byte> bytes, LineReceived received)
    {
        while (!bytes.IsEmpty)
        {
            if (state == State.Data)
            {
                var part = bytes[..(int)Math.Min(bytes.Length, chunkLeft)];
                bytes = bytes[part.Length..];
                chunkLeft -= part.Length;
                if (chunkLeft == 0) state = State.DataEnd;
                Cut(part, received);
                continue;
            }

            Frame(bytes[0]);
            bytes = bytes[1..];
        }
    }

    /// <summary>Reads everything that is not data byte by byte; there is little of it.</summary>
    private void Frame(byte next)
    {
        switch (state)
        {
            case State.Head:
                headMatched = next == "\r\n\r\n"u8[headMatched] ? headMatched + 1 : next == (byte)'\r' ? 1 : 0;
                Keep(next);
                if (headMatched != 4) return;
                RequireOk();

                // A response to no lines has no chunks.
                state = line.AsSpan(0, lineLength).IndexOf("Content-Length: 0\r\n"u8) >= 0 ? State.Over : State.Size;
                lineLength = 0;
                break;
            case State.Size when next == (byte)'\r':
                state = State.SizeEnd;
                break;
            case State.Size:
                chunkLeft = (chunkLeft * 16) + Convert.ToInt32(((char)next).ToString(), 16);
                break;
            case State.SizeEnd:
                state = chunkLeft == 0 ? State.Over : State.Data;
                break;
            case State.DataEnd when next == (byte)'\n':
                state = State.Size;
                break;
            default:
                break;
        }
    }

    private void Cut(ReadOnlySpan<byte> part, LineReceived received)
    {
        while (part.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Keep(part[..end]);
            received(line.AsSpan(0, lineLength));
            lineLength = 0;
            part = part[(end + 1)..];
        }

        Keep(part);
    }

    private void Keep(byte next) => Keep([next]);

    private void Keep(ReadOnlySpan<byte> part)
    {
        if (lineLength + part.Length > line.Length)
            throw new LoadTestException($"A line of the answer is longer than {line.Length} bytes.");
        part.CopyTo(line.AsSpan(lineLength));
        lineLength += part.Length;
    }

    private void RequireOk()
    {
        if (!line.AsSpan(0, lineLength).StartsWith("HTTP/1.1 200 "u8))
            throw new LoadTestException($"POST /v1/commands was refused: {System.Text.Encoding.ASCII.GetString(line, 0, lineLength)}");
    }
}
