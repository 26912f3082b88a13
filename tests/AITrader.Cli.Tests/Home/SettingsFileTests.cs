using AITrader.Hosting.Home;

namespace AITrader.Cli.Tests.Home;

public sealed class SettingsFileTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Comments_and_commas_at_ends_are_fine()
    {
        var path = _temporary.Write(
            "aitrader.json",
            """
            // mine
            {
              "Replicas": { "onnx-runner": 2, },
              /* a service */ "Services": { "worker": { "Partitions": { "DaysAhead": 3, "On": true, "Names": ["a", "b"] } } },
            }
            """
        );

        var file = SettingsFile.Find(named: null, _temporary.Folder)!;

        Assert.Equal(path, file.Path);
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["Replicas:onnx-runner"] = "2",
                ["Services:worker:Partitions:DaysAhead"] = "3",
                ["Services:worker:Partitions:Names:0"] = "a",
                ["Services:worker:Partitions:Names:1"] = "b",
                ["Services:worker:Partitions:On"] = "True",
            },
            file.Values
        );
    }

    [Theory]
    [InlineData("{ \"Replicas\": }", "LineNumber: 0")]
    [InlineData("{\n  \"a\": 1,\n  oops\n}", "LineNumber: 2")]
    [InlineData("[]", "Top-level JSON element must be an object")]
    [InlineData("{ \"a\": 1, \"A\": 2 }", "A duplicate key 'A' was found")]
    public void What_is_no_settings_file_is_refused_with_its_place(string text, string expected)
    {
        var path = _temporary.Write("bad.json", text);

        var refusal = Assert.Throws<SettingsFileException>(() => SettingsFile.Find(path, _temporary.Folder));

        Assert.StartsWith($"{path} is no settings file: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_file_must_exist_and_the_repository_s_own_need_not()
    {
        Assert.Null(SettingsFile.Find(named: null, _temporary.Folder));
        Assert.Contains(
            "no settings file",
            Assert.Throws<SettingsFileException>(() => SettingsFile.Find("nowhere.json", _temporary.Folder)).Message,
            StringComparison.Ordinal
        );
    }
}
