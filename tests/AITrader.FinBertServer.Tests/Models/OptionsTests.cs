using AITrader.FinBertServer.Models;
using AITrader.TestSupport;

namespace AITrader.FinBertServer.Tests.Models;

public sealed class OptionsTests
{
    [Fact]
    public void Defaults_are_those_of_the_readme()
    {
        var options = new FinBertOptions();
        Assert.Equal(("models", "finbert-tone", "sentiment-small"), (options.ModelsFolder, options.Model, options.Fallback));
        Assert.Equal((64, 16, 64), (options.MaxTexts, options.MaxWindows, options.WindowOverlap));
    }

    [Theory]
    [InlineData("FinBert:Model", "../elsewhere", "Model")]
    [InlineData("FinBert:MaxTexts", "0", "MaxTexts")]
    [InlineData("FinBert:PollInterval", "00:00:00", "PollInterval")]
    public async Task A_bad_setting_ends_the_start(string setting, string value, string message)
    {
        var (exitCode, output, errors) = await ServiceProcess.RunAsync(
            "AITrader.FinBertServer",
            (setting, value),
            ("urls", "http://127.0.0.1:0")
        );
        Assert.Equal(1, exitCode);
        Assert.Contains(output.Concat(errors), line => line.Contains(message, StringComparison.Ordinal));
    }
}
