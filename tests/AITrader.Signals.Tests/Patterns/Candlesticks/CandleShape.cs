using System.Globalization;
using AITrader.Signals.Indicators;

namespace AITrader.Signals.Tests.Patterns.Candlesticks;

/// <summary>A candlestick pattern drawn from its definition.</summary>
/// <param name="Pattern">TA-Lib's name without CDL.</param>
/// <param name="Value">TA-Lib's value at the last bar.</param>
/// <param name="Bars">The bars, as "open close" or "open high low close"; where only the body is given, the shadows are 0.2.</param>
/// <param name="Miss">Another last bar, which misses one condition by a little.</param>
internal sealed record CandleShape(string Pattern, int Value, string Bars, string Miss)
{
    /// <summary>Those that the shared labels and random bars hardly ever show.</summary>
    internal static CandleShape[] All { get; } =
    [
        new("2CROWS", -100, "100 103; 105 104; 104.5 102", "104.5 99"),
        new("3BLACKCROWS", -100, "100 103.5 99.8 103; 103 103.2 100.95 101; 102 102.2 99.95 100; 101 101.2 98.95 99", "101 101.2 97 99"),
        new("3LINESTRIKE", 100, "100 102; 101 103; 102 104; 105 99", "105 100.5"),
        new("3STARSINSOUTH", 100, "106 106.2 97 102; 105 105.2 98.5 102.5; 101 101.1 100.4 100.5", "101 101.1 98.4 100.5"),
        new("ABANDONEDBABY", -100, "100 104; 105 105.3 104.8 105.05; 104.5 104.6 100.8 101", "104.5 104.9 100.8 101"),
        new("BREAKAWAY", 100, "110 106; 105 104; 104.2 103.2; 103.4 102.4; 102.5 105.5", "102.5 104.9"),
        new(
            "CONCEALBABYSWALL",
            100,
            "110 110.05 106.95 107; 107 107.05 103.95 104; 103.5 105 102.9 103; 105.1 105.2 102.5 102.6",
            "104.8 104.9 102.5 102.6"
        ),
        new("COUNTERATTACK", -100, "100 104; 108 104.05", "108 104.3"),
        new("KICKING", 100, "104 104.05 99.95 100; 105 109.05 104.95 109", "104.03 108.05 103.99 108"),
        new("KICKINGBYLENGTH", -100, "107 107.05 99.95 100; 108 111.05 107.95 111", "107.03 110.05 106.99 110"),
        new("MATHOLD", 100, "100 106; 107.5 106.8; 106.5 105.6; 105.9 105.1; 105.6 108.5", "105.6 107.6"),
        new("ONNECK", -100, "104 104.2 100 101; 99 100.03", "99 100.3"),
        new("RISEFALL3METHODS", 100, "100 105; 104.5 103.9; 104 103.4; 103.5 102.9; 103.1 106", "103.1 104.9"),
        new("THRUSTING", -100, "104 104.2 100 101; 99 102", "99 102.6"),
        new("UPSIDEGAP2CROWS", -100, "100 103; 105 104.4; 105.5 104", "105.5 102.9"),
        new("3WHITESOLDIERS", 100, "100 102.05 99.8 102; 101.5 103.55 101.3 103.5; 103 105.05 102.8 105", "103 106 102.8 105"),
        new("ADVANCEBLOCK", -100, "100 103; 101.5 103.6; 102.5 105.8 102.3 104", "102.5 105.8 102.3 103.5"),
        new("GAPSIDESIDEWHITE", -100, "106 105; 102 103; 102.05 103.05", "102.3 103.3"),
        new("LADDERBOTTOM", 100, "110 108; 108.5 106.5; 107 105; 105.5 106.5 103.8 104; 106 107", "106 106.4"),
        new("STALLEDPATTERN", -100, "100 103; 102 105.05 101.8 105; 105 105.3", "105 104.9"),
        new("STICKSANDWICH", 100, "104 102; 102.5 104; 105 102.05", "105 102.3"),
        new("UNIQUE3RIVER", 100, "105 101; 104 104.2 99 102; 100 100.3", "98.9 99.2"),
    ];

    /// <summary>Bars before a shape: bodies of 1, ranges of 2.</summary>
    internal static IEnumerable<BarInput> Before =>
        Enumerable
            .Range(0, 12)
            .Select(static i => i % 2 == 0 ? new BarInput(100, 101.5, 99.5, 101, 0, 0) : new BarInput(101, 101.5, 99.5, 100, 0, 0));

    /// <summary>The shape.</summary>
    internal List<BarInput> Shape => [.. Bars.Split(';').Select(Read)];

    internal static BarInput Read(string text)
    {
        var n = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static part => double.Parse(part, CultureInfo.InvariantCulture))
            .ToArray();
        return n.Length == 4
            ? new BarInput(n[0], n[1], n[2], n[3], 0, 0)
            : new BarInput(n[0], Math.Max(n[0], n[1]) + 0.2, Math.Min(n[0], n[1]) - 0.2, n[1], 0, 0);
    }
}
