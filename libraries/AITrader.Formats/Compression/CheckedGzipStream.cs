using System.IO.Compression;

namespace AITrader.Formats.Compression;

/// <summary>Unpacks gzip and notices a file that was cut off, which <see cref="GZipStream"/> takes for its end without a word.</summary>
/// <remarks>
/// A member with a known content is appended to the packed bytes, and given only when the decoder has made all of those before it. A whole
/// file leaves the decoder at a member's start, so
/// that content comes out next; whatever else does is no content of the file. For one thread, reading only.
/// </remarks>
internal sealed class CheckedGzipStream : Stream
{
    private static readonly byte[] Mark = "\0end of packed\0"u8.ToArray();
    private static readonly byte[] PackedMark = Pack(Mark);

    private readonly ThenMark _packed;
    private readonly GZipStream _unpacked;
    private bool _isOver;

    internal CheckedGzipStream(Stream packed)
    {
        _packed = new ThenMark(packed);
        _unpacked = new GZipStream(_packed, CompressionMode.Decompress);
    }

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

    public override int Read(Span<byte> buffer)
    {
        if (_isOver || buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            var read = _unpacked.Read(buffer);
            if (!_packed.GaveMark)
            {
                return read > 0 ? read : throw new InvalidDataException("other bytes follow the packed data");
            }

            _isOver = IsMark(buffer[..read]);
        }
        catch (InvalidDataException) when (_packed.GaveMark)
        {
            // The mark was taken for the rest of what is missing.
        }

        return _isOver ? 0 : throw new InvalidDataException("the packed data is cut off");
    }

    private bool IsMark(ReadOnlySpan<byte> start)
    {
        Span<byte> rest = stackalloc byte[Mark.Length + 1];
        return start.Length <= Mark.Length
            && Mark.AsSpan().StartsWith(start)
            && _unpacked.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) is var read
            && rest[..read].SequenceEqual(Mark.AsSpan(start.Length));
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            _packed.Dispose();
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

        internal bool GaveMark => _given > 0;

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

        public override void Flush() { }

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
