using System.Text.Json;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Testing;

namespace AITrader.Cli.Tests.Output;

public sealed class WordsTests
{
    private const string Running = """
        {"state":"running","run":"demo-80571ff0-1","source":"demo","speed":"20","loop":true,"round":2,"published":942,"total":3769,"progress":0.25,
         "event_time":"2026-01-05T03:46:15Z","from":"2026-01-05T03:45:00Z","to":"2026-01-05T03:49:59Z","eta_seconds":71.4,
         "lateness_ms":{"p50":0.99,"p99":13,"max":20,"mean":1.7,"drift":0.007},"watermarks":{"published":942,"pattern":940},"error":null}
        """;

    [Fact]
    public void A_replay_in_words()
    {
        using var replay = JsonDocument.Parse(Running);

        Assert.True(ReplayView.IsActive(replay.RootElement));
        Assert.Equal(
            [
                "running 25.0 %, 942 of 3769 ticks, 2026-01-05T03:46:15Z, 20x, round 2, 1 min 11 s left, late p50 0.99 ms p99 13 ms max 20 ms mean 1.7 ms, drift 0.007 ms",
                "  run demo-80571ff0-1 of demo",
                "  content from 2026-01-05T03:45:00Z to 2026-01-05T03:49:59Z",
                "  published 942, pattern 940",
            ],
            ReplayView.Lines(replay.RootElement)
        );
    }

    [Fact]
    public void No_replay_in_words()
    {
        using var replay = JsonDocument.Parse("""{"state":"idle","run":null}""");

        Assert.False(ReplayView.IsActive(replay.RootElement));
        Assert.Equal(["no replay"], ReplayView.Lines(replay.RootElement));
    }

    [Theory]
    [InlineData(0.4, "0 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min 0 s")]
    [InlineData(3599.6, "1 h 0 min")]
    [InlineData(90_000, "25 h 0 min")]
    public void Durations_in_words(double seconds, string expected) => Assert.Equal(expected, ReplayView.Duration(seconds));

    [Fact]
    public void Gaps_in_words()
    {
        using var gaps = JsonDocument.Parse(
            """
            {"run":"demo-1","threshold_seconds":60,"days":[{"day":"2024-08-08","ticks":100,"sequence_gaps":1,"missing_ticks":4,
             "sequence":[{"after":10,"next":15,"from":"2024-08-08T10:00:00Z","to":"2024-08-08T10:00:05Z"}],
             "symbols":[{"symbol":"BTCUSDT","ticks":100,"first":"2024-08-08T09:00:00Z","last":"2024-08-08T11:00:00Z","time_gaps":1,"duplicates":0,"out_of_order":0,"out_of_session":0,
              "missing_sessions":[],"longest_gaps":[{"from":"2024-08-08T10:00:00Z","to":"2024-08-08T10:01:30.5Z"}]}]}]}
            """
        );

        Assert.Equal(
            [
                "run demo-1; pauses above 60 s",
                "2024-08-08: 100 ticks, sequence: 1 holes with 4 missing",
                "    11 to 14 missing, between 2024-08-08T10:00:00Z and 2024-08-08T10:00:05Z",
                "  BTCUSDT                100 ticks, 2024-08-08T09:00:00Z to 2024-08-08T11:00:00Z, 1 pauses, 0 duplicates, 0 out of order, 0 out of session",
                "    90.500 s without a tick, 2024-08-08T10:00:00Z to 2024-08-08T10:01:30.5Z",
            ],
            GapsView.Lines(gaps.RootElement)
        );
    }

    [Fact]
    public void Last_words_leave_stack_traces_out() =>
        Assert.Equal(
            "boom: it broke\nover",
            LogEnd.Of([
                "boom: it broke\n   at A.B() in C.cs:line 1",
                "--- End of stack trace from previous location ---",
                "",
                "   at X.Y()",
                "over",
            ])
        );

    [Fact]
    public async Task Where_no_terminal_is_progress_is_a_line_every_ten_seconds()
    {
        var time = new FakeTimeProvider();
        using var console = new TestConsole();
        console.Profile.Capabilities.Interactive = false;

        await new ProgressDisplay(console, time).RunAsync("building", total: 3, work =>
        {
            work.Report(0, "0 of 3");
            time.Advance(TimeSpan.FromSeconds(11));
            work.Report(1, "1 of 3");
            time.Advance(TimeSpan.FromSeconds(5));
            work.Report(2, "2 of 3");
            time.Advance(TimeSpan.FromSeconds(6));
            work.Report(3, "3 of 3");
            return Task.FromResult(0);
        });

        Assert.Equal(["building: 1 of 3", "building: 3 of 3", "building: 22.0 s"], console.Lines);
    }

    [Fact]
    public async Task On_a_terminal_it_is_a_bar_that_leaves_one_line()
    {
        using var console = new TestConsole().Interactive();

        var result = await new ProgressDisplay(console, TimeProvider.System).RunAsync("building [26 projects]", total: 2, work =>
        {
            work.Report(1, "1 of 2 [half]");
            work.SetTotal(4);
            return Task.FromResult(7);
        });

        Assert.Equal(7, result);
        Assert.Matches(@"building \[26 projects\]: \d+\.\d s", console.Lines[^1]);
    }
}
