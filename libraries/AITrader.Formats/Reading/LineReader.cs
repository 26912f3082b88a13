namespace AITrader.Formats.Reading;

/// <summary>Cuts a byte stream into lines with one growing buffer. For one thread.</summary>
internal sealed class LineReader(Stream source, string file) : IDisposable
{
    /// <summary>A longer line is no market data: refusing it keeps a wrong file from filling the memory.</summary>
    internal const int MaxLine = 16 * 1024 * 1024;

    private const int FirstBuffer = 64 * 1024;

    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private bool _sourceEnded;
    private int _lastConsumed;

    /// <summary>Number of the line read last, from 1.</summary>
    internal long Line { get; private set; }

    /// <summary>Next line without its end (LF or CRLF); the span lives until the next call.</summary>
    internal bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var pending = _buffer.AsSpan(_start, _end - _start);
            var length = pending[searched..].IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += searched;
                return Take(pending[..length], length + 1, out line);
            }

            searched = pending.Length;
            if (!_sourceEnded)
            {
                Fill();
            }
            else if (searched > 0)
            {
                return Take(pending, searched, out line);
            }
            else
            {
                line = default;
                return false;
            }
        }
    }

    /// <summary>Gives the line read last back, once: the next call reads it again.</summary>
    internal void Unread()
    {
        _start -= _lastConsumed;
        _lastConsumed = 0;
        Line--;
    }

    public void Dispose() => source.Dispose();

    private bool Take(ReadOnlySpan<byte> text, int consumed, out ReadOnlySpan<byte> line)
    {
        _start += consumed;
        _lastConsumed = consumed;
        Line++;
        line = text is [.., (byte)'\r'] ? text[..^1] : text;
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaxLine)
            {
                throw new MarketDataException(file, Line + 1, "line", $"longer than {MaxLine / (1024 * 1024)} MiB");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        try
        {
            var read = source.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _sourceEnded = read == 0;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            throw MarketDataFile.Unreadable(file, Line + 1, source, failure);
        }
    }

    internal static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
