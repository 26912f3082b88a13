using System.Globalization;

namespace AITrader.Kite.Rest;

/// <summary>The instruments list.</summary>
/// <remarks><c>instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange</c></remarks>
public static class KiteInstrumentsCsv
{
    private const string Header = "instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange";
    private const int Columns = 12;

    // Strikes come as 1.314E+1 now and then.
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads it line by line.</summary>
    /// <exception cref="FormatException">A line is malformed; the message names it.</exception>
    public static async IAsyncEnumerable<KiteInstrument> ReadAsync(TextReader csv, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var header = (await csv.ReadLineAsync(ct))?.TrimEnd('\r');
        if (header != Header)
        {
            throw new FormatException($"the instruments list has another header: {header}");
        }

        for (var line = 2; await csv.ReadLineAsync(ct) is { } text; line++)
        {
            if (text.Length > 0)
            {
                yield return Parse(text, line);
            }
        }
    }

    private static KiteInstrument Parse(string text, int line)
    {
        var columns = Split(text);
        if (columns.Count != Columns)
        {
            throw new FormatException($"instruments line {line}: {columns.Count} columns, not {Columns}");
        }

        try
        {
            return new KiteInstrument(
                uint.Parse(columns[0], NumberStyles.None, CultureInfo.InvariantCulture),
                uint.Parse(columns[1], NumberStyles.None, CultureInfo.InvariantCulture),
                columns[2],
                columns[3],
                Decimal(columns[4]),
                columns[5].Length == 0 ? null : DateOnly.ParseExact(columns[5], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                Decimal(columns[6]),
                Decimal(columns[7]),
                Decimal(columns[8]),
                columns[9],
                columns[10],
                columns[11]);
        }
        catch (Exception malformed) when (malformed is FormatException or OverflowException)
        {
            throw new FormatException($"instruments line {line}: {malformed.Message}", malformed);
        }
    }

    private static decimal Decimal(string text) => text.Length == 0 ? 0 : decimal.Parse(text, Number, CultureInfo.InvariantCulture);

    /// <summary>Columns of a line; quoted ones may hold commas and doubled quotes.</summary>
    private static List<string> Split(string line)
    {
        var columns = new List<string>(Columns);
        var column = new System.Text.StringBuilder();
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
