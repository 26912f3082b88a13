using AITrader.Domain.Instruments;
using AITrader.Trading.Ledger.Currencies;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>Rates of exchange from the settings, as <c>USDT/INR</c>: what one of the first is worth in the second.</summary>
internal static class ConfiguredRates
{
    private const int MinCode = 2;
    private const int MaxCode = 10;
    private const int Decimals = 8;

    /// <summary>What is wrong with the settings; null where nothing is.</summary>
    public static string? ProblemOf(IReadOnlyDictionary<string, decimal> rates)
    {
        var odd = rates.FirstOrDefault(static pair => Split(pair.Key) is null || pair.Value is <= 0m or > 1_000_000_000m);
        return odd.Key is null
            ? null
            : $"'{odd.Key}' = {odd.Value} is no rate: write FROM/TO, two different currencies such as USDT/INR, and a number above 0.";
    }

    /// <summary>Rates into a currency, each half away from zero at eight decimals; null for what is not known.</summary>
    public static Func<Instrument, DateTimeOffset, decimal?> Into(string currency, IReadOnlyDictionary<string, decimal> rates)
    {
        var known = new ExchangeRates(currency);
        foreach (var (pair, rate) in rates)
        {
            var (from, to) = Split(pair)!.Value;
            known.Add(from, to, DateTimeOffset.MinValue, rate);
        }

        return (terms, at) =>
            known.Find(terms.Currency, currency, at) is { } rate ? decimal.Round(rate, Decimals, MidpointRounding.AwayFromZero) : null;
    }

    private static (string From, string To)? Split(string pair) =>
        pair.Split('/') is [{ Length: >= MinCode and <= MaxCode } from, { Length: >= MinCode and <= MaxCode } to] && from != to
            ? (from, to)
            : null;
}
