using AITrader.Domain.Ticks;
using AITrader.Learning.Datasets;
using AITrader.Learning.Patterns;
using AITrader.Storage.Registry;
using AITrader.Storage.Ticks;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Training;

/// <summary>What models learn from, made of stored trades.</summary>
internal sealed class StoredTrades(ITickHistory history, IOptions<TrainingOptions> options)
{
    /// <summary>Prices: one series for each symbol that has trades.</summary>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public async Task<IReadOnlyList<PriceSeries>> PricesAsync(TrainingRequest request, CancellationToken ct)
    {
        var samplers = request.Symbols.ToDictionary(static symbol => symbol, symbol => new PriceSampler(symbol, request.Every));
        await ReadAsync(
            request,
            tick =>
            {
                samplers[tick.Symbol].Add(tick.Timestamp, tick.Price.ToDouble());
                Require(samplers.Values.Sum(static sampler => sampler.Count), "prices");
            },
            ct
        );
        return Some(request, [.. samplers.Values.Where(static sampler => sampler.Count > 0).Select(static sampler => sampler.ToSeries())]);
    }

    /// <summary>Labelled bars: of each length one series for each symbol that has trades.</summary>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public async Task<IReadOnlyList<LabelledBars>> BarsAsync(TrainingRequest request, PatternRecipe recipe, CancellationToken ct)
    {
        var labellers = request.Symbols.ToDictionary(
            static symbol => symbol,
            symbol => recipe.BarSeconds.Select(seconds => new BarLabeller(symbol, seconds)).ToArray()
        );
        await ReadAsync(
            request,
            tick =>
            {
                Array.ForEach(labellers[tick.Symbol], labeller => labeller.Add(tick.Timestamp, tick.Price, tick.Volume));
                Require(labellers.Values.Sum(static of => of.Sum(static labeller => labeller.Count)), "bars");
            },
            ct
        );
        var all = labellers.Values.SelectMany(static of => of);
        return Some(request, [.. all.Where(static one => one.Count > 0).Select(static one => one.ToBars())]);
    }

    private async Task ReadAsync(TrainingRequest request, Action<Tick> take, CancellationToken ct)
    {
        var range = new TickRange(request.Symbols, request.From, request.To, request.Run);
        if ((request.Run ?? await history.FindRunAsync(range, ct)) is not { } run)
        {
            return;
        }

        await foreach (var tick in history.ReadAsync(range with { Run = run }, after: null, ct))
        {
            if (tick.IsTrade)
            {
                take(tick);
            }
        }
    }

    private static IReadOnlyList<T> Some<T>(TrainingRequest request, IReadOnlyList<T> series) =>
        series.Count > 0
            ? series
            : throw new ArgumentException(
                $"No trade of {string.Join(", ", request.Symbols)} is stored from {request.From:O} to {request.To:O}"
                    + (request.Run is { Length: > 0 } ? $" of run {request.Run}." : ".")
            );

    private void Require(int count, string what)
    {
        if (count > options.Value.MaxPrices)
        {
            throw new ArgumentException(
                $"There are more than {options.Value.MaxPrices} {what}: take a shorter range, longer steps, or raise Training:MaxPrices."
            );
        }
    }
}
