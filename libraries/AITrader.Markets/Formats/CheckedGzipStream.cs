using System.IO.Compression;

namespace AITrader.Markets.Formats;

/// <summary>Unpacks gzip and notices a file that was cut off, which <see cref="GZipStream"/> takes for its end without a word.</summary>
/// <remarks>
/// A member with a known content is appended to the packed bytes. A whole file leaves the decoder at a member's start, so that content comes out last; a file
/// that was cut off does not. For one thread, reading only.
/// </remarks>
internal sealed class CheckedGzipStream : Stream
{
    private static readonly byte[] Mark = "\0end of packed\0"u8.ToArray();
    private static readonly byte[] PackedMark = Pack(Mark);

    private readonly GZipStream _unpacked;
    private readonly byte[] _held = new byte[Mark.Length];
    private int _heldCount;

    internal CheckedGzipStream(Stream packed) => _unpacked = new GZipStream(new ThenMark(packed), CompressionMode.Decompress);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The packed bytes are damaged or cut off.</exception>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // The last bytes are held back until more follow: at the end they must be the mark.
    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length <= Mark.Length)
        {
            throw new ArgumentException($"More than {Mark.Length} bytes of room are needed.", nameof(buffer));
        }

        while (true)
        {
            _held.AsSpan(0, _heldCount).CopyTo(buffer);
            var read = _unpacked.Read(buffer[_heldCount..]);
            var have = _heldCount + read;
            if (read == 0)
            {
                return _held.AsSpan(0, _heldCount).SequenceEqual(Mark) ? 0 : throw new InvalidDataException("the packed data is cut off");
            }

            _heldCount = Math.Min(have, Mark.Length);
            buffer[(have - _heldCount)..have].CopyTo(_held);
            if (have > _heldCount)
            {
                return have - _heldCount;
            }
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>The packed bytes, then the packed mark.</summary>
    private sealed class ThenMark(Stream packed) : Stream
    {
        private int _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = packed.Read(buffer);
            if (read > 0 || _given == PackedMark.Length)
            {
                return read;
            }

            var rest = PackedMark.AsSpan(_given);
            var given = Math.Min(rest.Length, buffer.Length);
            rest[..given].CopyTo(buffer);
            _given += given;
            return given;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                packed.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
