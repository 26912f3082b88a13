using AITrader.Hosting.LocalServers.Redis;

namespace AITrader.Hosting.Tests.LocalServers;

public sealed class RedisSettingsTests
{
    private static readonly RedisSettings Settings = new(new Dictionary<string, string> { ["appendonly"] = "yes", ["save"] = "60 1000" });

    [Fact]
    public void Both_ways_say_the_same()
    {
        Assert.Equal(["--appendonly", "yes", "--save", "60 1000"], Settings.ToArguments());
        Assert.Contains("appendonly yes\nsave 60 1000\n", Settings.ToFile(6379, "/data", "secret"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_listens_on_loopback_and_quotes_what_it_is_given()
    {
        var lines = Settings.ToFile(6380, "/my data", "a\"b\\c").Split('\n');

        Assert.Contains("port 6380", lines);
        Assert.Contains("bind 127.0.0.1 -::1", lines);
        Assert.Contains("dir \"/my data\"", lines);
        Assert.Contains("requirepass \"a\\\"b\\\\c\"", lines);
    }
}
