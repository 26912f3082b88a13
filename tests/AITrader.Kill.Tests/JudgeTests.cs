using AITrader.Kill.Tests.Faults;
using AITrader.Kill.Tests.Judging;

namespace AITrader.Kill.Tests;

/// <summary>The judge finds each wrong that there is to find, and nothing in books that are right.</summary>
public sealed class JudgeTests
{
    private static readonly Guid Bought = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Denied = new("00000000-0000-0000-0000-000000000002");

    // Bought 10 at 100, sold 4 at 101, one order denied.
    private static readonly Books Right = new()
    {
        LedgerOrders = [new("B1", "t1", "COMPLETE", 10m), new("B2", "t2", "CANCELLED", 4m)],
        LedgerTrades = [new("T1", "B1", 10m, 100m), new("T2", "B2", -4m, 101m)],
        Orders =
        [
            new(Bought, "FILLED", string.Empty, 10m, ["B1"]),
            new(new Guid("00000000-0000-0000-0000-000000000003"), "CANCELLED", string.Empty, 4m, ["B2"]),
            new(Denied, "DENIED", "POSITION_LIMIT", 0m, []),
        ],
        Executions = [new(-4m, 101m, 0.5m), new(10m, 100m, 1m)],
        Owed = [Bought, Denied],
        Position = 6m,
        InitialCash = 10_000m,
        Cash = 10_000m - 1000m + 404m - 1.5m,
        MaxPosition = 10m,
    };

    [Fact]
    public void Right_books_are_right() => Assert.Empty(Judge.Findings(Right));

    [Fact]
    public void A_tag_twice_is_doubled() =>
        AssertOnly("doubled", Right with { LedgerOrders = [Right.LedgerOrders[0], Right.LedgerOrders[1] with { Tag = "t1" }] });

    [Fact]
    public void What_was_promised_and_has_no_trace_is_lost() => AssertOnly("lost", Right with { Owed = [Guid.NewGuid()] });

    [Fact]
    public void Unless_it_was_refused()
    {
        var refused = Guid.NewGuid();
        Assert.Empty(Judge.Findings(Right with { Owed = [refused], Refused = [refused] }));
    }

    [Theory]
    [InlineData("UNKNOWN")]
    [InlineData("SUBMITTED")]
    [InlineData("PENDING_CANCEL")]
    public void What_never_ends_is_lost(string status) =>
        AssertOnly("lost", Right with { Orders = [Right.Orders[0], Right.Orders[1], Right.Orders[2] with { Status = status }] });

    [Fact]
    public void A_missing_execution_a_wrong_position_and_wrong_cash_are_wrong()
    {
        Assert.All(Judge.Findings(Right with { Executions = [Right.Executions[0]] }), static finding => Begins("wrong", finding));
        AssertOnly("wrong", Right with { Position = 7m });
        AssertOnly("wrong", Right with { Cash = Right.Cash + 0.01m });
        AssertOnly("wrong", Right with { TradingState = "HALTED (cash)" });
        AssertOnly("wrong", Right with { LedgerOrders = [.. Right.LedgerOrders, new("B3", "t3", "REJECTED", 0m)] });
        AssertOnly("wrong", Right with { LedgerOrders = [Right.LedgerOrders[0] with { Status = "OPEN" }, Right.LedgerOrders[1]] });
        AssertOnly("wrong", Right with { Orders = [Right.Orders[0] with { Filled = 9m }, Right.Orders[1], Right.Orders[2]] });
    }

    [Fact]
    public void A_position_beyond_its_limit_is_found_though_it_was_for_a_moment() =>
        AssertOnly("exceeded", Right with { MaxPosition = 9m });

    [Fact]
    public void Cases_depend_on_seed_and_number_alone_and_come_to_every_step_and_victim()
    {
        var cases = Enumerable.Range(1, 300).Select(static number => KillCase.Draw(7, number)).ToList();
        Assert.Equal(cases, Enumerable.Range(1, 300).Select(static number => KillCase.Draw(7, number)));
        Assert.NotEqual(cases, Enumerable.Range(1, 300).Select(static number => KillCase.Draw(8, number)));
        Assert.All(OrderSteps.All, step => Assert.Contains(cases, one => one.Fault == new Fault.KillAtStep(step)));
        Assert.All(Stack.KillStack.Victims, victim =>
        {
            Assert.Contains(cases, one => one.Fault is Fault.Kill kill && kill.Victim == victim);
            Assert.Contains(cases, one => one.Fault is Fault.Freeze freeze && freeze.Victim == victim);
        });
        Assert.Contains(cases, static one => one.Fault is Fault.Flush);
        Assert.Contains(cases, static one => one.Fault is Fault.CutFile);
        var both = cases.Select(static one => one.Fault).OfType<Fault.Both>().ToList();
        Assert.NotEmpty(both);
        Assert.DoesNotContain(both, static two => two.First.Target == two.Second.Target);
    }

    private static void AssertOnly(string kind, Books books) =>
        Assert.All(Judge.Findings(books) is { Count: > 0 } found ? found : ["none"], finding => Begins(kind, finding));

    private static void Begins(string kind, string finding) => Assert.StartsWith(kind, finding, StringComparison.Ordinal);
}
