namespace AITrader.Trading.Ledger.Currencies;

/// <summary>A rate of exchange that is needed and not known.</summary>
public sealed class MissingRateException(string from, string to, DateTimeOffset at, string known)
    : InvalidOperationException($"no rate from {from} to {to} at {at:O}: {known}")
{
    /// <summary>Currency to convert.</summary>
    public string From { get; } = from;

    /// <summary>Currency to convert to.</summary>
    public string To { get; } = to;

    /// <summary>When.</summary>
    public DateTimeOffset At { get; } = at;
}

/// <summary>Dated rates of exchange: a rate holds from its time until the next one of its pair. One writer; not thread-safe.</summary>
/// <param name="pivot">Currency through which pairs without a rate of their own are converted; null for none.</param>
/// <param name="maxAge">Age beyond which a rate counts as missing; null for no limit.</param>
public sealed class ExchangeRates(string? pivot = null, TimeSpan? maxAge = null)
{
    private const int MoneyDecimals = 8;

    private readonly Dictionary<(string From, string To), SortedList<DateTimeOffset, decimal>> _rates = [];

    /// <summary>Adds what one unit of a currency is worth in another from a time on; the inverse follows. The same time again
    /// replaces it.</summary>
    public void Add(string from, string to, DateTimeOffset at, decimal rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        ArgumentOutOfRangeException.ThrowIfEqual(from, to);
        if (!_rates.TryGetValue((from, to), out var dated))
        {
            _rates[(from, to)] = dated = [];
        }

        dated[at] = rate;
    }

    /// <summary>What one unit of a currency is worth in another at a time.</summary>
    /// <exception cref="MissingRateException">No rate of the pair, its inverse or through the pivot is known by then.</exception>
    public decimal Rate(string from, string to, DateTimeOffset at) =>
        Find(from, to, at) ?? throw new MissingRateException(from, to, at, Known(from, to));

    /// <summary>The same; null where no rate of the pair, its inverse or through the pivot is known by then.</summary>
    public decimal? Find(string from, string to, DateTimeOffset at) =>
        from == to ? 1m
        : Of(from, to, at) is { } rate ? rate
        : pivot is { } through
        && through != from
        && through != to
        && Of(from, through, at) is { } first
        && Of(through, to, at) is { } second
            ? first * second
        : null;

    /// <summary>An amount in another currency, half to even at eight decimals.</summary>
    public decimal Convert(decimal amount, string from, string to, DateTimeOffset at) =>
        from == to ? amount : decimal.Round(amount * Rate(from, to, at), MoneyDecimals, MidpointRounding.ToEven);

    // The newer of the pair's rate and its inverse's.
    private decimal? Of(string from, string to, DateTimeOffset at) =>
        (Latest(from, to, at), Latest(to, from, at)) switch
        {
            ({ } direct, { } inverse) => direct.At >= inverse.At ? direct.Rate : 1m / inverse.Rate,
            ({ } direct, null) => direct.Rate,
            (null, { } inverse) => 1m / inverse.Rate,
            _ => null,
        };

    private (DateTimeOffset At, decimal Rate)? Latest(string from, string to, DateTimeOffset at)
    {
        if (!_rates.TryGetValue((from, to), out var dated))
        {
            return null;
        }

        var (low, high) = (0, dated.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = dated.Keys[middle] <= at ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && !(at - dated.Keys[low - 1] > maxAge) ? (dated.Keys[low - 1], dated.Values[low - 1]) : null;
    }

    private string Known(string from, string to)
    {
        var times = new[] { (from, to), (to, from) }.Where(_rates.ContainsKey).SelectMany(pair => _rates[pair].Keys).Order().ToList();
        return times.Count == 0 ? "there is none of this pair" : $"those of this pair are of {times[0]:O} to {times[^1]:O}";
    }
}
