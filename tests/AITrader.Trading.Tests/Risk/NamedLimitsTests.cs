using AITrader.Trading.Risk;

namespace AITrader.Trading.Tests.Risk;

public sealed class NamedLimitsTests
{
    [Fact]
    public void Every_limit_has_a_name_and_comes_back_as_it_went()
    {
        var numbers = NamedLimits.All.ToDictionary(static name => name, static name => 1m + name.Length);
        var limits = NamedLimits.Read(numbers, out var problem);
        Assert.Empty(problem);
        Assert.Equal(numbers.OrderBy(static pair => pair.Key), NamedLimits.Of(limits).OrderBy(static pair => pair.Key));
        Assert.All(Enum.GetValues<LimitKind>(), kind => Assert.NotNull(limits[kind]));
        Assert.Equal(Enum.GetValues<LimitKind>().Length + 3, NamedLimits.All.Count);
    }

    [Fact]
    public void What_has_no_number_bounds_nothing()
    {
        Assert.Equal(RiskLimits.Unlimited, NamedLimits.Read(new Dictionary<string, decimal>(), out _));
        Assert.Empty(NamedLimits.Of(RiskLimits.Unlimited));
        Assert.Equal(RiskLimits.Default, RiskLimits.Default.Tightest(RiskLimits.Unlimited));
    }

    [Theory]
    [InlineData("orders_per_secnd", 1, "'orders_per_secnd' is no limit; known are collar_bps, ")]
    [InlineData("position", -1, "position is -1: a limit is not negative.")]
    [InlineData("max_quote_age_seconds", 0, "max_quote_age_seconds is 0: it must be above 0 and at most 3600.")]
    public void A_number_that_makes_no_sense_is_refused_by_name(string name, int number, string problem)
    {
        NamedLimits.Read(new Dictionary<string, decimal> { [name] = number }, out var found);
        Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }
}
