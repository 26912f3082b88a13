using AITrader.Formats.Reading;

namespace AITrader.Formats.Binance;

/// <summary>Captures of Binance's combined streams.</summary>
internal sealed class BinanceCaptureFormat : FileFormat
{
    internal override string TicksLookLike => "a Binance capture (local_ns {json})";

    internal override bool RecognisesLine(ReadOnlySpan<byte> first) => BinanceCaptureReader.Recognises(first);

    internal override TickReader OpenTicks(FileContent content) => new BinanceCaptureReader(content.Lines, content.Name, content.Symbols);
}
