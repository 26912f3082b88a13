using System.Text.Json;
using AITrader.TestSupport;
using AITrader.Trading.Statistics;

namespace AITrader.Trading.Tests.Statistics;

/// <summary>Every case of the shared reference, and those that papers publish.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Gives_every_value_of_the_shared_reference()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(SharedData.Require("stats/performance_examples.json")));
        var fixtures = json.RootElement.GetProperty("fixtures");
        var cases = json.RootElement.GetProperty("cases").EnumerateArray().ToList();
        Assert.Equal(8, cases.Count);
        Assert.All(cases, example =>
        {
            var actual = Compute(example, fixtures.GetProperty(example.GetProperty("returns").GetString()!));
            Assert.NotNull(actual);
            Assert.Equal(example.GetProperty("expected").GetDouble(), actual.Value, example.GetProperty("tol").GetDouble());
        });
    }

    [Theory]
    [InlineData(-2.448, 10.164, 0.913)] // the hedge fund of the paper's example: 24 months
    [InlineData(0, 3, 0.982)] // the same, were its returns normal
    public void Gives_the_probabilistic_Sharpe_of_Bailey_and_Lopez_de_Prado(double skewness, double kurtosis, double expected) =>
        Assert.Equal(expected, SharpeSignificance.Probabilistic(0.458, 0, 24, skewness, kurtosis)!.Value, 0.0005);

    [Theory]
    [InlineData(100, -3, 10, 0.9004)] // 100 trials, five years of daily returns, Sharpe 2.5 a year
    [InlineData(46, -3, 10, 0.9505)] // what fewer trials would have said
    [InlineData(88, 0, 3, 0.9505)] // and normal returns
    public void Gives_the_deflated_Sharpe_of_Bailey_and_Lopez_de_Prado(int trials, double skewness, double kurtosis, double expected)
    {
        var threshold = SharpeSignificance.ExpectedMaximum(trials, 0.5 / 250);
        Assert.Equal(
            expected,
            SharpeSignificance.Probabilistic(2.5 / Math.Sqrt(250), threshold, 1_250, skewness, kurtosis)!.Value,
            0.00005
        );
    }

    [Fact]
    public void Expects_of_the_best_of_100_trials_what_the_paper_expects() =>
        Assert.Equal(0.1132, SharpeSignificance.ExpectedMaximum(100, 0.5 / 250), 0.00005);

    // The reference's first row is a day that has no return, but counts as one of the year.
    private static double? Compute(JsonElement example, JsonElement fixture)
    {
        var periods = fixture.GetArrayLength();
        var returns = fixture
            .EnumerateArray()
            .Where(static row => row.ValueKind == JsonValueKind.Number)
            .Select(static row => row.GetDouble())
            .ToArray();
        var year = example.TryGetProperty("periods_per_year", out var given) ? given.GetDouble() : 252;
        var basis = new StatisticsBasis
        {
            PeriodsPerYear = year,
            RequiredReturn = example.TryGetProperty("required_return", out var required) ? required.GetDouble() : 0,
        };
        var total = GrowthStatistics.TotalReturn(returns);
        var annual = GrowthStatistics.AnnualReturn(total, periods, year);
        return example.GetProperty("fn").GetString() switch
        {
            "max_drawdown" => MaxDrawdown(returns),
            "cum_returns_final" => total,
            "annual_return" => annual,
            "annual_volatility" => GrowthStatistics.AnnualVolatility(returns, year),
            "calmar_ratio" => RiskAdjustedStatistics.Calmar(annual, MaxDrawdown(returns)),
            "omega_ratio" => RiskAdjustedStatistics.Omega(returns, basis.RequiredPerPeriod),
            "sharpe_ratio" => RiskAdjustedStatistics.Sharpe(returns, basis.RiskFreePerPeriod, year),
            "sortino_ratio" => RiskAdjustedStatistics.Sortino(returns, basis.RequiredPerPeriod, year),
            var other => throw new InvalidOperationException($"the reference has {other}, which nothing here computes"),
        };
    }

    private static double MaxDrawdown(double[] returns)
    {
        var equity = 1m;
        var curve = returns.Select((value, day) => new EquityPoint(Samples.Day(day), equity *= 1m + (decimal)value)).ToList();
        return (double)Drawdowns.Of(1m, curve).MaxDepth;
    }
}
