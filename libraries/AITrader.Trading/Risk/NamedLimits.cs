using System.Text.Json;

namespace AITrader.Trading.Risk;

/// <summary>Limits as names and numbers: how settings, the API and the database have them. What has no number bounds nothing.</summary>
/// <remarks>Names are those of <see cref="RiskLimits"/> and <see cref="LimitKind"/> in snake case, such as <c>max_order_notional</c> and
/// <c>orders_per_second</c>.</remarks>
public static class NamedLimits
{
    private const string QuoteAge = "max_quote_age_seconds";
    private const string OrderNotional = "max_order_notional";
    private const string MarketBuffer = "market_buffer_bps";
    private const double LongestAge = 3600;

    private static readonly Dictionary<string, LimitKind> Kinds = Enum.GetValues<LimitKind>()
        .ToDictionary(static kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(LimitSet.Name(kind)), StringComparer.Ordinal);

    /// <summary>All names, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [.. Kinds.Keys.Concat([QuoteAge, OrderNotional, MarketBuffer]).Order(StringComparer.Ordinal)];

    /// <summary>Reads limits.</summary>
    /// <param name="numbers">Numbers by name.</param>
    /// <param name="problem">What is wrong with the first that is wrong; empty where all are right.</param>
    /// <returns>The limits; what is not named bounds nothing.</returns>
    public static RiskLimits Read(IReadOnlyDictionary<string, decimal> numbers, out string problem)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var limits = RiskLimits.Unlimited;
        problem = string.Empty;
        foreach (var (name, number) in numbers)
        {
            if (ProblemOf(name, number) is { } wrong)
            {
                problem = wrong;
                return RiskLimits.Unlimited;
            }

            limits = With(limits, name, number);
        }

        return limits;
    }

    /// <summary>Limits as numbers by name.</summary>
    public static IReadOnlyDictionary<string, decimal> Of(RiskLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var numbers = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        if (limits.MaxQuoteAge != RiskLimits.Unlimited.MaxQuoteAge)
        {
            numbers[QuoteAge] = (decimal)limits.MaxQuoteAge.TotalSeconds;
        }

        if (limits.MaxOrderNotional != RiskLimits.Unlimited.MaxOrderNotional)
        {
            numbers[OrderNotional] = limits.MaxOrderNotional;
        }

        if (limits.MarketBufferBps != RiskLimits.Unlimited.MarketBufferBps)
        {
            numbers[MarketBuffer] = limits.MarketBufferBps;
        }

        foreach (var (name, kind) in Kinds)
        {
            if (limits[kind] is { } bound)
            {
                numbers[name] = bound;
            }
        }

        return numbers;
    }

    private static string? ProblemOf(string name, decimal number) =>
        !All.Contains(name) ? $"'{name}' is no limit; known are {string.Join(", ", All)}."
        : number < 0m ? FormattableString.Invariant($"{name} is {number}: a limit is not negative.")
        : name == QuoteAge && number is 0m or > (decimal)LongestAge
            ? FormattableString.Invariant($"{name} is {number}: it must be above 0 and at most {LongestAge}.")
        : null;

    private static RiskLimits With(RiskLimits limits, string name, decimal number) =>
        name switch
        {
            QuoteAge => limits with { MaxQuoteAge = TimeSpan.FromSeconds((double)number) },
            OrderNotional => limits with { MaxOrderNotional = number },
            MarketBuffer => limits with { MarketBufferBps = number },
            _ => limits with { Bounds = limits.Bounds.With(Kinds[name], number) },
        };
}
