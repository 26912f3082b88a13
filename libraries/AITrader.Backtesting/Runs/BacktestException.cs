namespace AITrader.Backtesting.Runs;

/// <summary>A backtest cannot be run, or a strategy failed in it; the message says what to do.</summary>
public sealed class BacktestException : Exception
{
    /// <summary>With a message.</summary>
    public BacktestException(string message)
        : base(message) { }

    /// <summary>With what caused it.</summary>
    public BacktestException(string message, Exception cause)
        : base(message, cause) { }
}
