using AITrader.FinBertServer.Tests.Fixtures;

namespace AITrader.FinBertServer.Tests.Prediction;

/// <summary>Published models number their labels differently: yya518/FinBERT#17 is about one that was read in the order of
/// another.</summary>
public sealed class LabelOrderTests
{
    [Theory]
    [InlineData("Neutral,Positive,Negative", true)] // yiyanghkust/finbert-tone
    [InlineData("positive,negative,neutral", false)] // ProsusAI/finbert
    [InlineData("NEGATIVE,NEUTRAL,POSITIVE", true)]
    public async Task Labels_are_those_of_the_models_own_configuration(string labels, bool takesTypes)
    {
        var model = new TinyBert { Labels = labels.Split(','), TakesTypes = takesTypes };
        await using var service = await FinBertProcess.StartAsync(models => model.Install($"{models}/finbert-tone/1"));
        var answer = await service.PredictAsync("profit", "loss", "the");
        Assert.Equal(
            ["positive", "negative", "neutral"],
            answer.GetProperty("predictions").EnumerateArray().Select(static prediction => prediction.GetProperty("label").GetString())
        );
    }

    [Fact]
    public async Task A_model_with_rows_of_one_length_is_filled_up_to_it()
    {
        var model = new TinyBert { Length = 8, TakesTypes = false };
        await using var service = await FinBertProcess.StartAsync(models => model.Install($"{models}/finbert-tone/1"));
        var predictions = (await service.PredictAsync("profit", "", "loss loss loss loss loss loss loss")).GetProperty("predictions");
        Assert.Equal("positive", predictions[0].GetProperty("label").GetString());
        Assert.Equal(2, predictions[2].GetProperty("windows").GetInt32());
        Assert.Equal(8, (await service.CheckAsync()).GetProperty("data").GetProperty("window").GetInt32());
    }
}
