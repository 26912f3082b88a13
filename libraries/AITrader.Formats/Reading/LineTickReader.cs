using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;

namespace AITrader.Formats.Reading;

/// <summary>Reads ticks line by line.</summary>
internal abstract class LineTickReader(LineReader lines, string file, SymbolTable symbols) : TickReader(file, symbols)
{
    /// <inheritdoc/>
    public override long Line => lines.Line;

    private protected override bool TryReadTick(out PackedTick tick)
    {
        while (lines.TryRead(out var line))
        {
            if (!line.IsEmpty && TryParse(line, out tick))
            {
                return true;
            }
        }

        tick = default;
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => lines.Dispose();

    /// <summary>Parses one line that is not empty; false where it holds nothing of interest.</summary>
    private protected abstract bool TryParse(ReadOnlySpan<byte> line, out PackedTick tick);

    private protected Price RequirePrice(string field, ReadOnlySpan<byte> text)
    {
        var problem = Price.TryParse(text, out var price);
        return problem == FixedPointProblem.None && price.Nanos > 0
            ? price
            : throw Failure(field, Describe(problem, text, Price.Decimals, "above zero"));
    }

    private protected Quantity RequireQuantity(string field, ReadOnlySpan<byte> text)
    {
        var problem = Quantity.TryParse(text, out var quantity);
        return problem == FixedPointProblem.None
            ? quantity
            : throw Failure(field, Describe(problem, text, Quantity.Decimals, "zero or above"));
    }

    private protected int RequireSymbol(string field, ReadOnlySpan<byte> text) =>
        Symbols.TryIntern(text, out var symbol) ? symbol : throw Failure(field, DescribeSymbol(text));
}
