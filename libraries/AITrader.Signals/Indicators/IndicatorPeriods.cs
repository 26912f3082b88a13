namespace AITrader.Signals.Indicators;

/// <summary>Periods of the indicators that a symbol's state updates with every trade. docs/formulas.md gives the formulas they
/// enter.</summary>
/// <param name="EmaFast">Trades of the fast exponential average.</param>
/// <param name="EmaSlow">Trades of the slow exponential average.</param>
/// <param name="Rsi">Changes of Wilder's RSI.</param>
/// <param name="Atr">Changes of Wilder's average of absolute changes.</param>
/// <param name="Channel">Trades of the price channel.</param>
/// <param name="Window">Last trade prices kept.</param>
public readonly record struct IndicatorPeriods(int EmaFast, int EmaSlow, int Rsi, int Atr, int Channel, int Window);
