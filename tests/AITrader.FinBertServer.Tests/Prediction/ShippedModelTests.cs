using System.Net;
using AITrader.FinBertServer.Tests.Fixtures;
using AITrader.TestSupport;

namespace AITrader.FinBertServer.Tests.Prediction;

/// <summary>The service as it is after cloning: with the small model of the repository.</summary>
public sealed class ShippedModelTests
{
    [Fact]
    public async Task The_small_model_of_the_repository_answers_and_is_named_as_what_it_is()
    {
        var own = Path.Combine(SharedData.RepositoryRoot, "models", "sentiment-small", "1");
        await using var service = await FinBertProcess.StartAsync(models =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(models, "sentiment-small", "1")).FullName;
            foreach (var file in Directory.EnumerateFiles(own))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
        });
        var check = await service.CheckAsync();
        Assert.Equal("healthy", check.GetProperty("status").GetString());
        Assert.Equal(64, check.GetProperty("data").GetProperty("window").GetInt32());

        var answer = await service.PredictAsync(
            "Shares surge as quarterly profit beats estimates",
            "Bank downgraded to sell, price target cut",
            "The company will report results on Thursday",
            string.Join(' ', Enumerable.Repeat("Shares surge as quarterly profit beats estimates.", 30))
        );
        Assert.Equal("sentiment-small", answer.GetProperty("model").GetString());
        var predictions = answer.GetProperty("predictions").EnumerateArray().ToArray();
        Assert.Equal(
            ["positive", "negative", "neutral", "positive"],
            predictions.Select(static prediction => prediction.GetProperty("label").GetString())
        );
        Assert.True(predictions[3].GetProperty("windows").GetInt32() > 3);
    }

    [Fact]
    public async Task It_is_found_from_the_folder_of_the_program()
    {
        await using var service = await FinBertProcess.StartAsync(static _ => { }, ("FinBert:ModelsFolder", "models"));
        Assert.Contains("is served", (await service.CheckAsync()).GetProperty("description").GetString(), StringComparison.Ordinal);
        var (response, _) = await service.PostAsync("""{"text":"profit"}""");
        using (response)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }
}
