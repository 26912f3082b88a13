using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Patterns;

namespace AITrader.Signals.Tests.Patterns;

/// <summary>A market upside down gives the same signals upside down, at the same ticks and of the same score.</summary>
/// <remarks>Prices are whole sixteenths, far above what they move by: then nothing but the direction changes, and a part of a price is the
/// same on both sides.</remarks>
public sealed class MirrorTests
{
    private const long Sixteenth = Price.Scale / 16;
    private const long Cent = Price.Scale / 100;
    private const long Base = 100_000_000; // sixteenths below what the series has as cents
    private const long Middle = Base + 1_000_000;

    /// <summary>What a basis point of the series is in one of the prices here.</summary>
    private const double BasisPoint = 1_000_000.0 / Middle * 1.003;

    private static readonly List<PackedTick> Ticks = Busy.Ticks(61, 30_000)
        .ConvertAll(static tick => Map(tick, static cents => Base + cents));
    private static readonly List<PackedTick> Mirrored = Ticks.ConvertAll(Mirror);

    public static TheoryData<string> Names =>
        [
            .. PatternCatalogue
                .BuiltIn.All.Where(static pattern => pattern.Family != PatternFamily.Candlestick && pattern.Name != "breakdown")
                .Select(static pattern => pattern.Name),
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Points_the_other_way_in_a_market_that_is_upside_down(string name)
    {
        var found = PatternRun.Find(Parameters(name), Ticks);
        var other = PatternRun.Find(Parameters(MirrorOf(name)), Mirrored);
        Assert.NotEmpty(found);
        Assert.Equal(
            found.Select(static one => (one.Tick, one.Direction)),
            other.Select(static one =>
                (one.Tick, one.Direction == SignalDirection.Bullish ? SignalDirection.Bearish : SignalDirection.Bullish)
            )
        );
        Assert.All(found.Zip(other), static pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-3));
    }

    private static string MirrorOf(string name) =>
        name switch
        {
            "double_top" => "double_bottom",
            "double_bottom" => "double_top",
            "head_and_shoulders" => "inverse_head_and_shoulders",
            "inverse_head_and_shoulders" => "head_and_shoulders",
            "ascending_triangle" => "descending_triangle",
            "descending_triangle" => "ascending_triangle",
            "bull_flag" => "bear_flag",
            "bear_flag" => "bull_flag",
            _ => name,
        };

    private static PatternParameters Parameters(string name)
    {
        var parameters = Busy.Only(name);
        foreach (
            var (pattern, parameter) in PatternCatalogue
                .BuiltIn.All.SelectMany(static pattern => pattern.Parameters.Select(parameter => (pattern, parameter)))
                .Where(static pair => pair.parameter.Unit == ParameterUnit.BasisPoints)
        )
        {
            parameters = parameters.With(pattern.Index, parameter.Name, parameters.Read(pattern.Index, parameter.Name) * BasisPoint);
        }

        return parameters.Set("ema_cross", "BandBps", 0); // a band of the price is not the same on both sides to the last bit
    }

    private static PackedTick Map(in PackedTick tick, Func<long, long> map) =>
        Of(tick, Price.FromNanos(map(tick.Price.Nanos / Cent) * Sixteenth), Put(tick.Bid, map), Put(tick.Ask, map));

    private static PackedTick Of(in PackedTick tick, Price price, Price bid, Price ask) =>
        tick with
        {
            Price = tick.Kind == TickKind.Trade ? price : Price.Mid(bid, ask),
            Bid = bid,
            Ask = ask,
        };

    private static Price Put(Price price, Func<long, long> map) =>
        price.Nanos == 0 ? price : Price.FromNanos(map(price.Nanos / Cent) * Sixteenth);

    private static PackedTick Mirror(PackedTick tick) =>
        Of(tick, Mirror(tick.Price), Mirror(tick.Ask), Mirror(tick.Bid)) with
        {
            BidSize = tick.AskSize,
            AskSize = tick.BidSize,
        };

    private static Price Mirror(Price price) => price.Nanos == 0 ? price : Price.FromNanos((2 * Middle * Sixteenth) - price.Nanos);
}
