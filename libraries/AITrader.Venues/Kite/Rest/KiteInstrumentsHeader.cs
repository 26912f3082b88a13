using System.Globalization;
using System.Text;

namespace AITrader.Venues.Kite.Rest;

/// <summary>Columns of the instruments list by name, so that one that is added or moved changes nothing.</summary>
/// <remarks><c>instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange</c></remarks>
internal sealed class KiteInstrumentsHeader
{
    private const string Token = "instrument_token";
    private const string TradingSymbol = "tradingsymbol";
    private const string TickSize = "tick_size";
    private const string Exchange = "exchange";

    // Strikes come as 1.314E+1 now and then.
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly List<string> _names;

    private KiteInstrumentsHeader(List<string> names) => _names = names;

    /// <exception cref="FormatException">A column is missing without which an instrument is nothing.</exception>
    public static KiteInstrumentsHeader Parse(string? line)
    {
        var names = Split(line ?? string.Empty);
        var missing = ((string[])[Token, TradingSymbol, TickSize, Exchange])
            .Where(name => !names.Contains(name, StringComparer.Ordinal))
            .ToList();
        return missing.Count == 0
            ? new KiteInstrumentsHeader(names)
            : throw new FormatException($"the instruments list has another header, without {string.Join(", ", missing)}: {line}");
    }

    /// <summary>Reads a row.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public string? TryRead(string line, out KiteInstrument? row)
    {
        row = null;
        var columns = Split(line);
        if (columns.Count != _names.Count)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{columns.Count} columns, not {_names.Count}");
        }

        try
        {
            row = Read(columns);
            return row.TradingSymbol.Length > 0 && row.Exchange.Length > 0 ? null : "no name";
        }
        catch (Exception malformed) when (malformed is FormatException or OverflowException)
        {
            return malformed.Message;
        }
    }

    private KiteInstrument Read(List<string> columns) =>
        new(
            uint.Parse(Text(columns, Token), NumberStyles.None, CultureInfo.InvariantCulture),
            Text(columns, "exchange_token") is { Length: > 0 } number
                ? uint.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture)
                : 0,
            Text(columns, TradingSymbol),
            Text(columns, "name"),
            Decimal(columns, "last_price"),
            Text(columns, "expiry") is { Length: > 0 } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            Decimal(columns, "strike"),
            Decimal(columns, TickSize),
            Decimal(columns, "lot_size"),
            Text(columns, "instrument_type"),
            Text(columns, "segment"),
            Text(columns, Exchange)
        );

    private string Text(List<string> columns, string name) => _names.IndexOf(name) is >= 0 and var place ? columns[place] : string.Empty;

    private decimal Decimal(List<string> columns, string name) =>
        Text(columns, name) is { Length: > 0 } text ? decimal.Parse(text, Number, CultureInfo.InvariantCulture) : 0;

    /// <summary>Columns of a line; quoted ones may hold commas and doubled quotes.</summary>
    private static List<string> Split(string line)
    {
        var columns = new List<string>();
        var column = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (letter == '"')
            {
                var isDoubled = isQuoted && i + 1 < line.Length && line[i + 1] == '"';
                if (isDoubled)
                {
                    column.Append('"');
                    i++;
                }
                else
                {
                    isQuoted = !isQuoted;
                }
            }
            else if (letter == ',' && !isQuoted)
            {
                columns.Add(column.ToString());
                column.Clear();
            }
            else if (letter != '\r')
            {
                column.Append(letter);
            }
        }

        columns.Add(column.ToString());
        return columns;
    }
}
