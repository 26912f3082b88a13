using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Trading.Risk;
using AITrader.Trading.Sizing;

namespace AITrader.Strategies.Accounts;

/// <summary>How much to trade, by the usual methods: whole lots that the free cash pays for, or nothing with a reason.
/// <c>Orders.Buy(symbol, Sizing.FixedFraction(symbol, 0.1m).Quantity)</c>.</summary>
public sealed class PositionSizer
{
    // What the pre-trade checks reserve above the shown price, and as much for that price above the last one.
    private static readonly decimal BufferBps = 2m * RiskLimits.Default.MarketBufferBps;

    private readonly IPortfolio _portfolio;
    private readonly IReadOnlyList<string> _symbols;
    private readonly Func<string, Instrument?> _terms;

    internal PositionSizer(IPortfolio portfolio, IReadOnlyList<string> symbols, Func<string, Instrument?> terms) =>
        (_portfolio, _symbols, _terms) = (portfolio, symbols, terms);

    /// <inheritdoc cref="Trading.Sizing.FixedFraction.Of"/>
    /// <param name="symbol">Symbol.</param>
    /// <param name="part">Part of the equity, above 0 and up to 1.</param>
    public PositionSize FixedFraction(string symbol, decimal part) => Size(symbol, input => Trading.Sizing.FixedFraction.Of(input, part));

    /// <summary>The same part of the equity in each symbol of the run.</summary>
    /// <param name="symbol">Symbol.</param>
    /// <param name="total">Part of the equity that all of them take, above 0 and up to 1.</param>
    public PositionSize EqualWeight(string symbol, decimal total = 1m) =>
        Size(symbol, input => Trading.Sizing.EqualWeight.Of(input, _symbols.Count, total));

    /// <inheritdoc cref="Trading.Sizing.VolatilityTarget.Of"/>
    /// <param name="symbol">Symbol.</param>
    /// <param name="target">Wanted annual volatility; 0.1 is 10 %.</param>
    /// <param name="realised">Annual volatility of the symbol's returns; null where it is not known.</param>
    /// <param name="cap">Largest part of the equity, above 0 and up to 1.</param>
    public PositionSize VolatilityTarget(string symbol, double target, double? realised, decimal cap = 1m) =>
        Size(symbol, input => Trading.Sizing.VolatilityTarget.Of(input, target, realised, cap));

    /// <inheritdoc cref="Trading.Sizing.Kelly.Of"/>
    /// <param name="symbol">Symbol.</param>
    /// <param name="kelly">f, from <see cref="Trading.Sizing.Kelly.OfTrades"/> or <see cref="Trading.Sizing.Kelly.OfReturns"/>; null where
    /// it is not known.</param>
    /// <param name="cap">Largest part of the equity, above 0 and up to 1.</param>
    /// <param name="fraction">Part of f that is bet, above 0 and up to 1.</param>
    public PositionSize Kelly(string symbol, double? kelly, decimal cap, double fraction = 0.5) =>
        Size(symbol, input => Trading.Sizing.Kelly.Of(input, kelly, cap, fraction));

    /// <inheritdoc cref="Trading.Sizing.AtrRisk.Of"/>
    /// <param name="symbol">Symbol.</param>
    /// <param name="atr">Average true range in quote currency; not a number where it is not known.</param>
    /// <param name="risk">Part of the equity that is risked, above 0 and up to 1.</param>
    /// <param name="multiple">Average true ranges to the stop.</param>
    public PositionSize AtrRisk(string symbol, double atr, decimal risk, double multiple = 2) =>
        Size(symbol, input => Trading.Sizing.AtrRisk.Of(input, atr, risk, multiple));

    /// <summary>As much of a size as fits beside what is held: see <see cref="CorrelationExposure"/>.</summary>
    /// <param name="symbol">Symbol.</param>
    /// <param name="side">Whether it is bought or sold short.</param>
    /// <param name="size">What a method came to.</param>
    /// <param name="returns">Returns of it and of each symbol that is held, over the same periods, oldest first.</param>
    /// <param name="limits">Bounds of the portfolio.</param>
    public PositionSize Beside(
        string symbol,
        Side side,
        PositionSize size,
        IReadOnlyDictionary<string, IReadOnlyList<double>> returns,
        CorrelationLimits limits
    )
    {
        ArgumentNullException.ThrowIfNull(returns);
        return size is PositionSize.None
            ? size
            : Size(symbol, input =>
                CorrelationExposure.Of(Weighted(symbol, side.Sign() * size.Quantity, returns), Held(returns), limits) switch
                {
                    ExposureOutcome.Refused refused => new PositionSize.None(refused.Reason),
                    var fits => input.Scaled(size, fits.Scale),
                }
            );
    }

    private PositionSize Size(string symbol, Func<SizingInput, PositionSize> method) =>
        _terms(symbol) is { } terms
            ? method(
                new SizingInput
                {
                    Terms = terms,
                    Price = _portfolio.PriceOf(symbol),
                    Equity = _portfolio.Equity,
                    Cash = _portfolio.FreeCash,
                    BufferBps = BufferBps,
                }
            )
            : new PositionSize.None(Denial.Of(SizeCodes.UnknownInstrument, ("symbol", symbol)));

    private List<WeightedReturns> Held(IReadOnlyDictionary<string, IReadOnlyList<double>> returns) =>
        [
            .. _symbols
                .Select(symbol => (Symbol: symbol, _portfolio.PositionOf(symbol).Quantity))
                .Where(static held => held.Quantity != 0m)
                .Select(held => Weighted(held.Symbol, held.Quantity, returns)),
        ];

    private WeightedReturns Weighted(string symbol, decimal quantity, IReadOnlyDictionary<string, IReadOnlyList<double>> returns)
    {
        var value = quantity * (_portfolio.PriceOf(symbol) ?? 0m);
        return new WeightedReturns(
            _portfolio.Equity > 0m ? (double)(value / _portfolio.Equity) : double.NaN,
            returns.GetValueOrDefault(symbol, [])
        );
    }
}
