using System.Globalization;
using System.Text.Json;
using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Binance;

// Lists of levels.
internal sealed partial class DepthDecoder
{
    private bool ReadLevels(ref Utf8JsonReader reader, string field, List<BookLevel> levels)
    {
        reader.Read();
        levels.Clear();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Failure(field, "is not a list of levels");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            levels.Add(ReadLevel(ref reader, field, levels.Count));
        }

        return true;
    }

    private BookLevel ReadLevel(ref Utf8JsonReader reader, string field, int index)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Failure(At(field, index), "is not a level: [price, quantity]");
        }

        reader.Read();
        var text = CaptureMessage.Scalar(ref reader);
        var problem = Price.TryParse(text, out var price);
        if (problem != FixedPointProblem.None || price.Nanos == 0)
        {
            throw Failure(At(field, index), $"price {TickReader.Describe(problem, text, Price.Decimals, "above zero")}");
        }

        reader.Read();
        text = CaptureMessage.Scalar(ref reader);
        problem = Quantity.TryParse(text, out var size);
        if (problem != FixedPointProblem.None)
        {
            throw Failure(At(field, index), $"quantity {TickReader.Describe(problem, text, Quantity.Decimals, "zero or above")}");
        }

        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray
            ? new BookLevel(price, size)
            : throw Failure(At(field, index), "is not a level: [price, quantity]");
    }

    private void RequireBestFirst(string field, ReadOnlySpan<BookLevel> levels, int order)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i].Size.Raw == 0)
            {
                throw Failure(At(field, i), "quantity '0' must be above zero in a snapshot");
            }

            if (i > 0 && levels[i].Price.CompareTo(levels[i - 1].Price) * order <= 0)
            {
                throw Failure(At(field, i), $"price {levels[i].Price} does not come after {levels[i - 1].Price}");
            }
        }
    }

    private static string At(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");
}
