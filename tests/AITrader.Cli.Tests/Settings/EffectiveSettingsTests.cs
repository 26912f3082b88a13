using AITrader.Cli.Hosting.Wire;
using AITrader.Cli.Settings;

namespace AITrader.Cli.Tests.Settings;

public sealed class EffectiveSettingsTests
{
    [Fact]
    public void The_later_source_wins_and_is_named()
    {
        var found = EffectiveSettings.From(
            Sources(
                (SettingOrigin.CommandLine, "Replay:Speed", "20"),
                (SettingOrigin.Default, "Replay:Speed", "1"),
                (SettingOrigin.Environment, "REPLAY:SPEED", "5"),
                (SettingOrigin.File, "Replicas:onnx-runner", "2"),
                (SettingOrigin.Default, "Services:worker:Partitions:DaysAhead", "7")
            )
        );

        Assert.Equal(
            [
                new EffectiveSetting("Replay:Speed", "20", SettingOrigin.CommandLine),
                new EffectiveSetting("Replicas:onnx-runner", "2", SettingOrigin.File),
                new EffectiveSetting("Services:worker:Partitions:DaysAhead", "7", SettingOrigin.Default),
            ],
            found
        );
    }

    [Theory]
    [InlineData("Parameters:redis-password")]
    [InlineData("Services:backend:Auth:SigningKey")]
    [InlineData("Services:market-data:Feed:ApiSecret")]
    [InlineData("AppHost:BrowserToken")]
    [InlineData("ConnectionStrings:redis")]
    public void Secrets_are_masked(string name)
    {
        var found = Assert.Single(EffectiveSettings.From(Sources((SettingOrigin.File, name, "hunter2"))));

        Assert.Equal("(secret)", found.Value);
    }

    [Fact]
    public void An_environment_gives_what_the_host_would_read()
    {
        var found = EffectiveSettings.FromEnvironment([
            KeyValuePair.Create("Feed__Kind", (string?)"binance"),
            KeyValuePair.Create("SERVICES__worker__Partitions__DaysAhead", (string?)"3"),
            KeyValuePair.Create("AITRADER_HOME", (string?)"/x"),
            KeyValuePair.Create("PATH", (string?)"/bin"),
            KeyValuePair.Create("SERVICES", (string?)"cron"),
        ]);

        Assert.Equal(
            ["AITRADER_HOME", "Feed:Kind", "SERVICES:worker:Partitions:DaysAhead"],
            found.Select(static pair => pair.Key).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_command_line_gives_both_spellings() =>
        Assert.Equal(
            [KeyValuePair.Create("Replay:Path", (string?)"a=b.csv"), KeyValuePair.Create("Replay:Speed", (string?)"max")],
            EffectiveSettings.FromArguments(["--Replay:Path=a=b.csv", "--Replay:Speed", "max"])
        );

    [Fact]
    public void What_a_service_was_really_started_with_is_told()
    {
        var service = new Resource { Name = "market-data-x", DisplayName = "market-data" };
        service.Environment.Add(
            new EnvironmentVariable
            {
                Name = "Feed__Enabled",
                Value = "false",
                IsFromSpec = true,
            }
        );
        service.Environment.Add(
            new EnvironmentVariable
            {
                Name = "Books__Depth",
                Value = "50",
                IsFromSpec = true,
            }
        );
        var set = EffectiveSettings.From(
            Sources(
                (SettingOrigin.File, "Services:market-data:Feed:Enabled", "true"),
                (SettingOrigin.File, "Services:market-data:Books:Depth", "50")
            )
        );

        Assert.Equal(
            [
                new EffectiveSetting("Services:market-data:Books:Depth", "50", SettingOrigin.File),
                new EffectiveSetting("Services:market-data:Feed:Enabled", "false", SettingOrigin.Host),
            ],
            EffectiveSettings.AsRunning(set, [service])
        );
    }

    [Fact]
    public void The_sample_tells_every_setting_and_misspelt_ones_are_found()
    {
        using var temporary = new TemporaryHome();
        var known = KnownSettings.Read(temporary.Installation);

        Assert.Equal("20", known.Defaults["Services:market-data:Books:Depth"]);
        Assert.True(known.Defaults.Count > 200);
        Assert.Equal(
            ["Services:market-data:Boks:Depth", "Services:market-data:Books:Dept"],
            known
                .UnknownAmong([
                    "Services:market-data:Books:Depth",
                    "Services:market-data:Books:Dept",
                    "Services:market-data:Boks:Depth",
                    "Services:mock-llm:MockLlm:Models:0",
                    "Services:pattern-engine:Patterns:Symbols:NSE:INFY:breakout:Lookback",
                    "Services:worker:Logging:LogLevel:Default",
                    "Replicas:onnx-runner",
                ])
                .Order(StringComparer.Ordinal)
        );
    }

    private static Dictionary<SettingOrigin, IEnumerable<KeyValuePair<string, string?>>> Sources(
        params (SettingOrigin Origin, string Name, string Value)[] settings
    ) =>
        settings
            .GroupBy(static setting => setting.Origin)
            .ToDictionary(
                static group => group.Key,
                static group => group.Select(static setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))
            );
}
