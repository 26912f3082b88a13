using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ModelContextProtocol.Protocol;

namespace AITrader.StrategyEngine.Broker;

/// <summary>A tool's answer that is none.</summary>
internal sealed class BrokerToolException(string message) : Exception(message);

/// <summary>Reads what the broker's tools answer: JSON in text, with errors as text too.</summary>
internal static partial class BrokerAnswers
{
    private const int MaxError = 200;

    /// <summary>The JSON of an answer.</summary>
    /// <exception cref="BrokerToolException">It is an error, whether it says so or not.</exception>
    public static JsonElement Json(string tool, CallToolResult result)
    {
        var text = Text(result);
        if (result.IsError == true)
        {
            throw new BrokerToolException($"{tool}: {Cut(text)}");
        }

        if (string.IsNullOrWhiteSpace(text) && result.StructuredContent is { } structured)
        {
            return structured.Clone();
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new BrokerToolException($"{tool} answered with no JSON: {Cut(text)}");
        }
    }

    /// <summary>The text of an answer.</summary>
    public static string Text(CallToolResult result) =>
        string.Concat(result.Content.OfType<TextContentBlock>().Select(static block => block.Text));

    /// <summary>The link of a login's answer; null where it has none.</summary>
    public static string? LoginLink(string text) =>
        Link().Match(text) is { Success: true } found
        && Uri.TryCreate(found.Groups[1].Value, UriKind.Absolute, out var link)
        && link.Scheme is "http" or "https"
            ? link.AbsoluteUri
            : null;

    /// <summary>The free margin of equities.</summary>
    public static decimal? AvailableMargin(JsonElement margins)
    {
        var equity = Member(margins, "equity") ?? margins;
        var available = Member(equity, "available");
        return Number(equity, "net") ?? Number(available, "live_balance") ?? Number(available, "cash");
    }

    /// <summary>The name of the account's owner.</summary>
    public static string? User(JsonElement profile) => Word(profile, "user_id") ?? Word(profile, "user_name");

    /// <summary>Rows of a list, or of one page of it. Of rows of the same holding the last counts: a position's day comes before its net,
    /// and
    /// nothing says which is which.</summary>
    public static IReadOnlyList<BrokerHolding> Holdings(JsonElement list)
    {
        var rows = list.ValueKind == JsonValueKind.Array ? list : Member(list, "data") ?? default;
        var found = new Dictionary<(string, string, string), BrokerHolding>();
        foreach (var row in rows.ValueKind == JsonValueKind.Array ? rows.EnumerateArray() : default)
        {
            if (
                row.ValueKind == JsonValueKind.Object
                && Word(row, "tradingsymbol") is { } symbol
                && Number(row, "quantity") is { } quantity
            )
            {
                var (exchange, product) = (Word(row, "exchange") ?? string.Empty, Word(row, "product") ?? string.Empty);
                found[(exchange, symbol, product)] = new BrokerHolding(
                    exchange,
                    symbol,
                    product,
                    quantity,
                    Number(row, "average_price") ?? 0m
                );
            }
        }

        return [.. found.Values];
    }

    private static JsonElement? Member(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Word(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.String } word && word.GetString() is { Length: > 0 } text ? text : null;

    // Some write numbers as text.
    private static decimal? Number(JsonElement? of, string name) =>
        Member(of, name) switch
        {
            { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var value) => value,
            { ValueKind: JsonValueKind.String } text
                when decimal.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
            _ => null,
        };

    private static string Cut(string text)
    {
        var line = new string([.. text.Trim().Select(static letter => char.IsControl(letter) ? ' ' : letter)]);
        return line.Length <= MaxError ? line : line[..MaxError];
    }

    [GeneratedRegex(@"\]\((https?://[^)\s]{1,2000})\)")]
    private static partial Regex Link();
}
