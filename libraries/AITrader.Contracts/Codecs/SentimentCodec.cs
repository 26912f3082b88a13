using System.Globalization;
using AITrader.Contracts.Messages;

namespace AITrader.Contracts.Codecs;

/// <summary>Readings on <see cref="StreamNames.Sentiment"/>. The window is written as <c>[d.]hh:mm:ss</c>.</summary>
internal sealed class SentimentCodec : IStreamCodec<SentimentReading>
{
    public string Stream => StreamNames.Sentiment;

    public string StreamOf(SentimentReading message) => StreamNames.Sentiment;

    public string SymbolOf(SentimentReading message) => string.Empty;

    public string TraceOf(SentimentReading message) => string.Empty;

    public void Encode(SentimentReading message, FieldBuffer fields)
    {
        fields.Add(Fields.Symbol, message.Symbol);
        fields.Add(Fields.Score, message.Score);
        fields.Add(Fields.Confidence, message.Confidence);
        fields.Add(Fields.Authenticity, message.Authenticity);
        fields.Add(Fields.Sources, message.Sources);
        fields.Add(Fields.Window, message.Window.ToString("c", CultureInfo.InvariantCulture));
        fields.Add(Fields.Timestamp, message.Timestamp);
        fields.AddIfAny(Fields.Model, message.Model);
    }

    public SentimentReading Decode(string entryId, ReadOnlySpan<StreamField> fields)
    {
        var reader = new FieldReader(entryId, fields);
        return new SentimentReading
        {
            Symbol = reader.Word(Fields.Symbol),
            Score = reader.Double(Fields.Score),
            Confidence = reader.Double(Fields.Confidence),
            Authenticity = reader.Double(Fields.Authenticity),
            Sources = reader.TextOrEmpty(Fields.Sources),
            Window = Window(ref reader),
            Timestamp = reader.Time(Fields.Timestamp),
            Model = reader.TextOrEmpty(Fields.Model),
        };
    }

    private static TimeSpan Window(ref FieldReader reader) =>
        TimeSpan.TryParseExact(reader.Text(Fields.Window), "c", CultureInfo.InvariantCulture, out var window)
            ? window
            : throw reader.Wrong(Fields.Window, "is not a time span like 01:00:00");
}
