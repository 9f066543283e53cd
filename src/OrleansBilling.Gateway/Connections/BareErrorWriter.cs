using System.Buffers;
using System.IO.Pipelines;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Connections;

/// <summary>A connection's output. Passes through until a bare error is expected, then holds that until it is complete.</summary>
internal sealed class BareErrorWriter(PipeWriter inner, RequestIds ids) : PipeWriter
{
    private ArrayBufferWriter<byte>? held;

    /// <summary>The next write may be a bare error.</summary>
    public void Expect() => held ??= new ArrayBufferWriter<byte>(512);

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes + (held?.WrittenCount ?? 0);

    public override Memory<byte> GetMemory(int sizeHint = 0) => held is null ? inner.GetMemory(sizeHint) : held.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => held is null ? inner.GetSpan(sizeHint) : held.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        if (held is null) inner.Advance(bytes);
        else held.Advance(bytes);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        Pass();
        return inner.FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        Pass();
        inner.Complete(exception);
    }

    private void Pass()
    {
        if (held is not { WrittenCount: > 0 } written) return;
        held = null;
        inner.Write(BareErrors.Answer(written.WrittenSpan, ids) ?? written.WrittenSpan);
    }
}
