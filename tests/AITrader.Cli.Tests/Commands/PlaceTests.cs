using System.Text.Json;
using AITrader.Cli.Commands.Replays;
using AITrader.Cli.Commands.Ticks;

namespace AITrader.Cli.Tests.Commands;

/// <summary>Places, times and sources as people type them.</summary>
public sealed class PlaceTests
{
    private static readonly DateTimeOffset From = new(2024, 8, 8, 23, 54, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("50%", """{"fraction":0.5}""")]
    [InlineData("12.5%", """{"fraction":0.125}""")]
    [InlineData("0.5", """{"fraction":0.5}""")]
    [InlineData("12000", """{"seq":12000}""")]
    [InlineData("0", """{"seq":0}""")]
    [InlineData("23:56:00", """{"time":"2024-08-08T23:56:00+00:00"}""")]
    [InlineData("9:15", """{"time":"2024-08-08T09:15:00+00:00"}""")]
    [InlineData("2024-08-08T23:56:00Z", """{"time":"2024-08-08T23:56:00+00:00"}""")]
    [InlineData("2024-08-08T23:56:00+02:00", """{"time":"2024-08-08T21:56:00+00:00"}""")]
    [InlineData("2024-08-08", """{"time":"2024-08-08T00:00:00+00:00"}""")]
    public void A_place_becomes_the_gateways_request(string text, string expected)
    {
        Assert.True(SeekTarget.TryParse(text, out var target));

        Assert.Equal(expected, JsonSerializer.Serialize(target.ToBody(From)));
    }

    [Theory]
    [InlineData("banana")]
    [InlineData("")]
    [InlineData("101%")]
    [InlineData("-5%")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("24:00:00")]
    [InlineData("23:61")]
    [InlineData("2024-13-01")]
    [InlineData("tomorrow")]
    [InlineData("99999999999999999999")]
    public void What_is_no_place_is_none(string text)
    {
        Assert.False(SeekTarget.TryParse(text, out _));
        var verdict = new ReplaySeekSettings { Place = text }.Validate();
        Assert.Equal($"'{text}' is no place: give 50%, a tick's number, 23:56:00 or 2024-08-08T23:56:00Z", verdict.Message);
    }

    [Fact]
    public void Stored_ticks_become_a_range()
    {
        var settings = new ReplayStartSettings { Sources = ["ticks:BTCUSDT,ETHUSDT@2024-08-08T23:54:00Z/2024-08-09"], Speed = "max" };

        Assert.True(settings.Validate().Successful);
        Assert.Equal(
            """{"ticks":{"symbols":["BTCUSDT","ETHUSDT"],"from":"2024-08-08T23:54:00+00:00","to":"2024-08-09T00:00:00+00:00"},"speed":"max","loop":false}""",
            Json(settings)
        );
    }

    [Fact]
    public void A_run_may_be_named_and_an_empty_one_means_live()
    {
        Assert.Contains(
            "\"run\":\"demo-1\"",
            Json(new ReplayStartSettings { Sources = ["ticks:A@2024-08-08/2024-08-09@demo-1"] }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"run\":\"\"",
            Json(new ReplayStartSettings { Sources = ["ticks:A@2024-08-08/2024-08-09@"] }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Data_sets_stay_names() =>
        Assert.Equal(
            """{"paths":["demo","binance-usdm-btcusdt"],"speed":"1","loop":true}""",
            Json(new ReplayStartSettings { Sources = ["demo", "binance-usdm-btcusdt"], Loop = true })
        );

    [Theory]
    [InlineData("ticks:A@yesterday/today")]
    [InlineData("ticks:@2024-08-08/2024-08-09")]
    [InlineData("ticks:A@2024-08-08")]
    public void A_range_that_is_none_is_refused(string source) =>
        Assert.StartsWith(
            $"'{source}' is not ticks:",
            new ReplayStartSettings { Sources = [source] }
                .Validate()
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Stored_ticks_are_replayed_alone() =>
        Assert.False(
            new ReplayStartSettings { Sources = ["demo", "ticks:A@2024-08-08/2024-08-09"] }
                .Validate()
                .Successful
        );

    [Theory]
    [InlineData(null, "2024-08-09", "--from is missing, such as --from 2024-08-08T23:54:00Z")]
    [InlineData("2024-08-08", null, "--to is missing, such as --to 2024-08-09")]
    [InlineData("yesterday", "2024-08-09", "--from: 'yesterday' is no time such as 2024-08-08 or 2024-08-08T23:54:00Z")]
    public void A_range_says_what_it_lacks(string? from, string? to, string expected) =>
        Assert.Equal(
            expected,
            new GapsSettings
            {
                From = from,
                To = to,
                Threshold = 60,
            }
                .Validate()
                .Message
        );

    [Fact]
    public void A_query_is_escaped()
    {
        var settings = new ExportSettings
        {
            Symbol = "NSE:M&M",
            From = "2024-08-08",
            To = "2024-08-09T00:00:00+05:30",
            Out = "x.parquet",
        };

        Assert.True(settings.Validate().Successful);
        Assert.Equal(
            "symbol=NSE%3AM%26M&from=2024-08-08&to=2024-08-09T00%3A00%3A00%2B05%3A30&format=parquet",
            settings.QueryWith(("format", settings.ChosenFormat))
        );
    }

    private static string Json(ReplayStartSettings settings) => JsonSerializer.Serialize(ReplaySources.BodyOf(settings));
}
