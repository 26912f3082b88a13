using AITrader.Learning.Datasets;
using AITrader.Storage.Registry;
using AITrader.Storage.Ticks;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Training;

/// <summary>Prices of stored trades.</summary>
internal sealed class StoredPrices(ITickHistory history, IOptions<TrainingOptions> options)
{
    /// <summary>One series for each symbol that has trades.</summary>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public async Task<IReadOnlyList<PriceSeries>> ReadAsync(TrainingRequest request, CancellationToken ct)
    {
        var range = new TickRange(request.Symbols, request.From, request.To, request.Run);
        var run = request.Run ?? await history.FindRunAsync(range, ct);
        var samplers = request.Symbols.ToDictionary(static symbol => symbol, symbol => new PriceSampler(symbol, request.Every));
        if (run is not null)
        {
            await foreach (var tick in history.ReadAsync(range with { Run = run }, after: null, ct))
            {
                if (tick.IsTrade)
                {
                    samplers[tick.Symbol].Add(tick.Timestamp, tick.Price.ToDouble());
                    Require(samplers.Values.Sum(static sampler => sampler.Count));
                }
            }
        }

        var series = samplers.Values.Where(static sampler => sampler.Count > 0).Select(static sampler => sampler.ToSeries()).ToList();
        return series.Count > 0
            ? series
            : throw new ArgumentException(
                $"No trade of {string.Join(", ", request.Symbols)} is stored from {request.From:O} to {request.To:O}"
                    + (request.Run is { Length: > 0 } ? $" of run {request.Run}." : ".")
            );
    }

    private void Require(int count)
    {
        if (count > options.Value.MaxPrices)
        {
            throw new ArgumentException(
                $"There are more than {options.Value.MaxPrices} prices: take a shorter range, longer steps, or raise Training:MaxPrices."
            );
        }
    }
}
