namespace AITrader.Trading.Engine;

/// <summary>The desk between two runs, and its markets in the currency of the account.</summary>
public sealed partial class TradingDesk
{
    /// <summary>Price of the newest tick of a symbol in the currency of the account; null before the first, or without a rate.</summary>
    public decimal? Value(string symbol) => _risk.Value(symbol);

    /// <summary>What one unit of a symbol's currency is worth in the account's; null where that is not known.</summary>
    public decimal? RateOf(string symbol) => _risk.Rate(symbol);

    /// <summary>Ends what belongs to another run: event time starts anew with a run, so prices and orders of the one before mean nothing
    /// any more.</summary>
    public IReadOnlyList<TradingOutcome> BeginRun(string run)
    {
        var outcomes = new List<TradingOutcome>();
        foreach (var order in _working.All.Where(order => order.Request.Run != run).ToArray())
        {
            _endings.Finish(order, "RUN_ENDED", Later(order.Request.EventTime), Seq, outcomes);
        }

        _markets.Clear();
        _matcher.EndRun();
        _risk.Activity.StartRun();
        Run = run;
        Now = DateTimeOffset.MinValue;
        return outcomes;
    }
}
