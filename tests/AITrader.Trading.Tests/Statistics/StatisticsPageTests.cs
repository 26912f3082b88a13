using AITrader.TestSupport;
using AITrader.Trading.Statistics;

namespace AITrader.Trading.Tests.Statistics;

/// <summary>Section Statistics of docs/formulas-trading.md has every statistic, and no other.</summary>
public sealed class StatisticsPageTests
{
    private static readonly Dictionary<string, Type[]> Places = new()
    {
        ["total return"] = [typeof(PerformanceReport)],
        ["annual return"] = [typeof(PerformanceReport)],
        ["annual volatility"] = [typeof(PerformanceReport)],
        ["Sharpe"] = [typeof(PerformanceReport)],
        ["Sortino"] = [typeof(PerformanceReport)],
        ["Omega"] = [typeof(PerformanceReport)],
        ["Calmar"] = [typeof(PerformanceReport)],
        ["beta"] = [typeof(PerformanceReport)],
        ["alpha"] = [typeof(PerformanceReport)],
        ["information ratio"] = [typeof(PerformanceReport)],
        ["Treynor"] = [typeof(PerformanceReport)],
        ["probabilistic Sharpe"] = [typeof(PerformanceReport)],
        ["deflated Sharpe"] = [typeof(PerformanceReport)],
        ["exposure"] = [typeof(PerformanceReport)],
        ["turnover"] = [typeof(PerformanceReport)],
        ["win rate"] = [typeof(TradeStatistics)],
        ["profit factor"] = [typeof(TradeStatistics)],
        ["expectancy"] = [typeof(TradeStatistics)],
        ["average win"] = [typeof(TradeStatistics)],
        ["average loss"] = [typeof(TradeStatistics)],
        ["payoff"] = [typeof(TradeStatistics)],
        ["fees"] = [typeof(TradeStatistics), typeof(CostStatistics)],
        ["slippage"] = [typeof(CostStatistics)],
    };

    private static readonly Dictionary<string, string> OtherNames = new()
    {
        ["VaR 95"] = nameof(PerformanceReport.ValueAtRisk95),
        ["VaR 99"] = nameof(PerformanceReport.ValueAtRisk99),
        ["CVaR 95"] = nameof(PerformanceReport.ConditionalValueAtRisk95),
        ["CVaR 99"] = nameof(PerformanceReport.ConditionalValueAtRisk99),
        ["max drawdown"] = nameof(PerformanceReport.Drawdowns),
        ["monthly returns"] = nameof(PerformanceReport.Monthly),
        ["MAE"] = nameof(TradeStatistics.AverageAdverse),
        ["MFE"] = nameof(TradeStatistics.AverageFavourable),
        ["streaks"] = nameof(TradeStatistics.LongestWinningStreak),
    };

    [Fact]
    public void Has_a_row_for_every_statistic_and_a_statistic_for_every_row()
    {
        var rows = Rows();
        Assert.Equal(Places.Keys.Concat(OtherNames.Keys).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
        Assert.All(Places, static place => Assert.All(place.Value, type => Assert.NotNull(type.GetProperty(PropertyOf(place.Key)))));
        var named = Places.Keys.Select(PropertyOf).Concat(OtherNames.Values).ToHashSet();
        Assert.All(typeof(PerformanceReport).GetProperties().Where(static property => property.PropertyType == typeof(double?)), property =>
            Assert.Contains(property.Name, named)
        );
    }

    private static string PropertyOf(string name) =>
        string.Concat(name.Split(' ').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static List<string> Rows() =>
        [
            .. File.ReadLines(Path.Combine(SharedData.RepositoryRoot, "docs", "formulas-trading.md"))
                .SkipWhile(static line => line != "## Statistics")
                .Where(static line =>
                    line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Name", StringComparison.Ordinal)
                )
                .SelectMany(static line => line.Split('|', StringSplitOptions.TrimEntries)[1].Split(", ")),
        ];
}
