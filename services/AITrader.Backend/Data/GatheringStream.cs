namespace AITrader.Backend.Data;

/// <summary>Holds what a synchronous writer writes until it is flushed, and counts: a response can neither be written synchronously nor
/// asked for its position.</summary>
internal sealed class GatheringStream(Stream target) : Stream
{
    private readonly MemoryStream _held = new();
    private long _sent;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Position;

    public override long Position
    {
        get => _sent + _held.Length;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => _held.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _held.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _held.WriteAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _held.WriteAsync(buffer, cancellationToken);

    public override void Flush()
    {
        // What is held is sent by FlushAsync.
    }

    /// <summary>Sends what is held.</summary>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await target.WriteAsync(_held.GetBuffer().AsMemory(0, (int)_held.Length), cancellationToken);
        _sent += _held.Length;
        _held.SetLength(0);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
