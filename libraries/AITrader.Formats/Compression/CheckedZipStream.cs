using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace AITrader.Formats.Compression;

/// <summary>Unpacks the one file in a zip while it is read, and checks its length and checksum at the end. For one thread, reading
/// only.</summary>
/// <remarks>What claims to unpack to far more than market data does is refused before it is unpacked, and never more than it claims is
/// given out.</remarks>
internal sealed class CheckedZipStream : Stream
{
    /// <summary>Text packs 5 to 30 times; one that packs better than this is made to fill disks.</summary>
    internal const int MaxRatio = 250;

    private const long AlwaysAllowed = 64L * 1024 * 1024;
    private const int MaxEntries = 4_096;
    private const int EndRecordBytes = 22;
    private const int MaxComment = ushort.MaxValue;
    private const int LocatorBytes = 20;
    private const int LargeEndRecordBytes = 56;

    private readonly ZipArchive _archive;
    private readonly ZipArchiveEntry _entry;
    private readonly Stream _unpacked;
    private long _left;
    private readonly Crc32 _crc = new();

    private CheckedZipStream(ZipArchive archive, ZipArchiveEntry entry)
    {
        _archive = archive;
        _entry = entry;
        _left = entry.Length;
        _unpacked = entry.Open();
    }

    private static ReadOnlySpan<byte> EndSignature => "PK\u0005\u0006"u8;

    private static ReadOnlySpan<byte> LocatorSignature => "PK\u0006\u0007"u8;

    private static ReadOnlySpan<byte> LargeEndSignature => "PK\u0006\u0006"u8;

    /// <summary>Name of the file in the zip.</summary>
    internal string EntryName => _entry.Name;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens a zip that holds one file; takes the stream over.</summary>
    /// <exception cref="InvalidDataException">It is damaged, encrypted, holds none or several files, or unpacks to too much.</exception>
    internal static CheckedZipStream Open(Stream packed)
    {
        RefuseManyEntries(packed);
        var archive = new ZipArchive(packed, ZipArchiveMode.Read);
        try
        {
            return new CheckedZipStream(archive, OnlyFile(archive, packed.Length));
        }
        catch (Exception failure)
        {
            archive.Dispose();
            // The archive's reader meets damaged fields with several exceptions of argument and range.
            throw failure is InvalidDataException or IOException ? failure : new InvalidDataException("damaged", failure);
        }
    }

    /// <exception cref="InvalidDataException">The packed bytes are damaged or cut off.</exception>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        var read = _unpacked.Read(buffer);
        if (read > _left)
        {
            throw new InvalidDataException("it unpacks to more than it says");
        }

        _left -= read;
        _crc.Append(buffer[..read]);
        if (read == 0 && _left > 0)
        {
            throw new InvalidDataException("the packed data is cut off");
        }

        return read > 0 || _crc.GetCurrentHashAsUInt32() == _entry.Crc32 ? read : throw new InvalidDataException("the checksum is wrong");
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
            _archive.Dispose();
        }

        base.Dispose(disposing);
    }

    private static ZipArchiveEntry OnlyFile(ZipArchive archive, long packedLength)
    {
        var files = archive
            .Entries.Where(static entry => entry.Name.Length > 0 && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal))
            .Take(2)
            .ToList();
        if (files.Count != 1)
        {
            throw new InvalidDataException(files.Count == 0 ? "it holds no file" : "it holds several files; unpack it and name one");
        }

        if (files[0].IsEncrypted)
        {
            throw new InvalidDataException("it is encrypted");
        }

        if (files[0].Length > Math.Max(AlwaysAllowed, packedLength * MaxRatio))
        {
            throw new InvalidDataException($"it would unpack to {files[0].Length} bytes, more than {MaxRatio} times its size");
        }

        return files[0];
    }

    /// <summary>The list of entries is read as a whole: a zip of a million of them is refused by the count in its end record.</summary>
    private static void RefuseManyEntries(Stream packed)
    {
        var tail = new byte[Math.Min(packed.Length, EndRecordBytes + MaxComment)];
        packed.Seek(-tail.Length, SeekOrigin.End);
        packed.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf(EndSignature);
        if (end < 0 || end + EndRecordBytes > tail.Length)
        {
            throw new InvalidDataException("the packed data is cut off");
        }

        long entries = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        if (entries == ushort.MaxValue)
        {
            entries = LargeCount(packed, tail.AsSpan(0, end));
        }

        if (entries is < 0 or > MaxEntries)
        {
            throw new InvalidDataException("it holds several files; unpack it and name one");
        }

        packed.Seek(0, SeekOrigin.Begin);
    }

    /// <summary>The count in a zip64 end record, whose place is told just before the end record.</summary>
    private static long LargeCount(Stream packed, ReadOnlySpan<byte> beforeEnd)
    {
        if (beforeEnd.Length < LocatorBytes || !beforeEnd[^LocatorBytes..].StartsWith(LocatorSignature))
        {
            return ushort.MaxValue;
        }

        var at = BinaryPrimitives.ReadInt64LittleEndian(beforeEnd[^(LocatorBytes - 8)..]);
        Span<byte> record = stackalloc byte[LargeEndRecordBytes];
        if (at < 0 || at > packed.Length - record.Length)
        {
            throw new InvalidDataException("damaged");
        }

        packed.Seek(at, SeekOrigin.Begin);
        packed.ReadExactly(record);
        return record.StartsWith(LargeEndSignature)
            ? BinaryPrimitives.ReadInt64LittleEndian(record[32..])
            : throw new InvalidDataException("damaged");
    }
}
