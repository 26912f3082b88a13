using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Commands.Running;
using AITrader.Cli.Hosting;

namespace AITrader.Cli.Tests.Commands;

public sealed class HostArgumentsTests
{
    [Fact]
    public void Without_a_replay_the_host_gets_nothing() => Assert.Empty(HostArguments.Of(new UpSettings()));

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    public void The_demo_begins_again_unless_it_is_told_not_to(bool loop, bool once, bool expected)
    {
        var settings = new UpSettings
        {
            Replay = ["demo"],
            Speed = "20",
            Loop = loop,
            Once = once,
        };

        Assert.Equal(
            ["--Replay:Path=demo", "--Replay:Speed=20", $"--Replay:Loop={(expected ? "true" : "false")}"],
            HostArguments.Of(settings)
        );
    }

    [Fact]
    public void A_file_is_played_once_and_has_a_whole_path()
    {
        using var temporary = new TemporaryHome();
        var file = Path.GetRelativePath(Environment.CurrentDirectory, temporary.Write("ticks.csv", "symbol"));

        var arguments = HostArguments.Of(
            new UpSettings
            {
                Replay = [file],
                More = ["binance-spot-btcusdt"],
                HostSettings = ["Services:worker:Partitions:DaysAhead=3"],
            }
        );

        Assert.Equal(
            [
                $"--Replay:Path={Path.GetFullPath(file)};binance-spot-btcusdt",
                "--Replay:Speed=1",
                "--Replay:Loop=false",
                "--Services:worker:Partitions:DaysAhead=3",
            ],
            arguments
        );
    }

    [Fact]
    public void Other_ports_are_a_setting_of_the_host_and_of_its_dashboard()
    {
        Assert.Equal([HostLauncher.FreePortsArgument], HostArguments.Of(new UpSettings { FreePorts = true }));

        var (usual, free) = (
            HostEnvironment.Of(hasCertificate: false).ToList(),
            HostEnvironment.OnFreePorts(hasCertificate: false).ToList()
        );
        Assert.Equal(usual.Select(static variable => variable.Key), free.Select(static variable => variable.Key));
        Assert.Equal(3, usual.Zip(free).Count(static pair => pair.First.Value != pair.Second.Value));
    }

    [Theory]
    [InlineData("0.1", true)]
    [InlineData("1000", true)]
    [InlineData("max", true)]
    [InlineData("0.09", false)]
    [InlineData("1001", false)]
    [InlineData("1e2", false)]
    [InlineData("-1", false)]
    [InlineData("NaN", false)]
    [InlineData("", false)]
    public void A_speed_is_a_number_or_max(string text, bool expected) => Assert.Equal(expected, ReplayArguments.IsSpeed(text));

    [Fact]
    public void What_makes_no_sense_is_refused_in_words() =>
        Assert.All(
            new Dictionary<string, UpSettings>
            {
                ["'x.csv' is no option; what is to be replayed follows --replay"] = new() { More = ["x.csv"] },
                ["--speed goes with --replay"] = new() { Speed = "2" },
                ["--loop and --once go with --replay"] = new() { Loop = true },
                ["--loop and --once exclude each other"] = new()
                {
                    Replay = ["demo"],
                    Loop = true,
                    Once = true,
                },
                ["--speed must be a number from 0.1 to 1000, or max; not 'fast'"] = new() { Replay = ["demo"], Speed = "fast" },
                ["--data: there is no folder /nowhere/at/all"] = new() { Folders = ["/nowhere/at/all"] },
                ["--host-setting needs NAME=VALUE, not 'Feed:Kind'"] = new() { HostSettings = ["Feed:Kind"] },
            },
            static refused =>
            {
                Assert.False(refused.Value.Validate().Successful);
                Assert.Equal(refused.Key, refused.Value.Validate().Message);
            }
        );
}
