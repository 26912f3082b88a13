using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>Section 4 of docs/formulas.md has every indicator, and no other.</summary>
public sealed class IndicatorPageTests
{
    private static readonly Dictionary<string, string> Rows = new()
    {
        ["Sma"] = "SMA(N)",
        ["Ema"] = "EMA(N)",
        ["Wma"] = "WMA(N)",
        ["Hma"] = "HMA(N)",
        ["Kama"] = "KAMA(N, F = 2, S = 30)",
        ["WilderAverage"] = "Wilder(N)",
        ["Rsi"] = "RSI(N)",
        ["Macd"] = "MACD(F = 12, S = 26, G = 9)",
        ["RollingMoments"] = "rolling moments(N)",
        ["Moments"] = "Welford z-score",
        ["BollingerBands"] = "Bollinger(N = 20, W = 2)",
        ["TrueRange"] = "TR",
        ["Atr"] = "ATR(N = 14) of bars",
        ["DirectionalMove"] = "DM",
        ["Adx"] = "DI, ADX(N = 14)",
        ["Stochastic"] = "Stochastic(N, K, D)",
        ["StochasticRsi"] = "StochRSI(R, N, K, D)",
        ["Cci"] = "CCI(N)",
        ["Mfi"] = "MFI(N)",
        ["WilliamsR"] = "Williams %R(N)",
        ["Obv"] = "OBV",
        ["SessionVwap"] = "session VWAP",
        ["RollingVwap"] = "rolling VWAP(N)",
        ["DonchianChannel"] = "Donchian(N)",
        ["KeltnerChannel"] = "Keltner(N = 20, A = 10, W = 2)",
        ["SuperTrend"] = "SuperTrend(N = 10, W = 3)",
        ["Ichimoku"] = "Ichimoku(9, 26, 52, 26)",
        ["ParabolicSar"] = "PSAR(step = 0.02, limit = 0.2)",
        ["Roc"] = "ROC(N)",
        ["ChaikinMoneyFlow"] = "CMF(N = 20)",
    };

    [Fact]
    public void Has_a_row_for_every_indicator_and_an_indicator_for_every_row()
    {
        Assert.Equal(AnyIndicator.Types.Select(static type => type.Name).Order(), Rows.Keys.Where(static name => name.Length > 0).Order());
        var rows = Section()
            .Where(static line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Name", StringComparison.Ordinal))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        Assert.Equal(Rows.Values.Order(), rows.Select(static row => row[1]).Order());
        Assert.All(rows, static row => Assert.All(row[2..5], cell => Assert.NotEqual(string.Empty, cell))); // formula, warm-up, source
    }

    private static IEnumerable<string> Section() =>
        File.ReadLines(Path.Combine(SharedData.RepositoryRoot, "docs", "formulas.md"))
            .SkipWhile(static line => !line.StartsWith("## 4.", StringComparison.Ordinal))
            .TakeWhile(static line => !line.StartsWith("## 5.", StringComparison.Ordinal));
}
