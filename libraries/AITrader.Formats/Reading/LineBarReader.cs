using AITrader.Domain.Bars;
using AITrader.Domain.Instruments;

namespace AITrader.Formats.Reading;

/// <summary>Reads bars line by line.</summary>
internal abstract class LineBarReader(LineReader lines, string file, SymbolTable symbols) : BarReader(file, symbols)
{
    /// <inheritdoc/>
    public override long Line => lines.Line;

    private protected override bool TryReadBar(out Bar bar)
    {
        while (lines.TryRead(out var line))
        {
            if (!line.IsEmpty && TryParse(line, out bar))
            {
                return true;
            }
        }

        bar = default;
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => lines.Dispose();

    /// <summary>Parses one line that is not empty; false where it holds nothing of interest.</summary>
    private protected abstract bool TryParse(ReadOnlySpan<byte> line, out Bar bar);
}
