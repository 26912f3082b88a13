using AITrader.Formats.Reading;

namespace AITrader.Formats.Csv;

/// <summary>CSV with our column names.</summary>
internal sealed class CsvFormat : FileFormat
{
    internal override string TicksLookLike => $"a CSV with the header {CsvHeader.Expected}";

    internal override bool RecognisesLine(ReadOnlySpan<byte> first) => CsvTickReader.Recognises(first);

    internal override TickReader OpenTicks(FileContent content)
    {
        content.Lines.TryRead(out var header);
        return new CsvTickReader(
            content.Lines,
            content.Name,
            content.Symbols,
            CsvHeader.Parse(FileContent.WithoutMark(header), content.Name)
        );
    }
}
