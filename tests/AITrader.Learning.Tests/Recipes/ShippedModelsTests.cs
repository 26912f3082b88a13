using AITrader.Backtesting.Data;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Learning.Datasets;
using AITrader.Learning.Recipes;
using AITrader.Registry.Shelves;
using AITrader.TestSupport;

namespace AITrader.Learning.Tests.Recipes;

/// <summary>The models of the repository are what their cards say.</summary>
public sealed class ShippedModelsTests
{
    private const long Most = 20 * 1024 * 1024;

    private static readonly string Repository = Path.Combine(SharedData.RepositoryRoot, "models");

    [Fact]
    public void Each_file_is_the_one_that_its_card_names_and_all_are_small()
    {
        var shelf = new ModelShelf(Repository);
        Assert.All(["cnn-pattern", "nbeats", "sentiment-small", "transformer"], model => Assert.Contains(model, shelf.Models));
        foreach (var model in shelf.Models)
        {
            foreach (var version in shelf.VersionsOf(model))
            {
                if (shelf.CardOf(model, version) is { } card)
                {
                    Assert.Equal((model, version, shelf.HashOf(model, version)), (card.Model, card.Version, card.Sha256));
                    Assert.True(card.Verdict.GoesLive, $"{model} {version}: {card.Verdict.Reason}");
                }
            }
        }

        var bytes = Directory.EnumerateFiles(Repository, "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length);
        Assert.InRange(bytes, 1, Most);
    }

    [Fact]
    public void Nbeats_comes_out_of_its_recipe_again()
    {
        var capture = SharedData.Require("binance-l2/usdm_btcusdt_20240808.gz");
        var card = new ModelShelf(Repository).CardOf("nbeats", 1)!;
        var tape = MarketTapeReader.Read([capture], new MarketTapeSettings(), null, TestContext.Current.CancellationToken);
        var sampler = new PriceSampler(tape.Symbols[0], null);
        foreach (ref readonly var tick in tape.Ticks)
        {
            if (tick.Kind == TickKind.Trade)
            {
                sampler.Add(EventTime.FromMicros(tick.TimeMicros), tick.Price.ToDouble());
            }
        }

        var training = new ForecasterTraining(RecipeJson.Read(card.Recipe), 1);
        var trained = training.Run([sampler.ToSeries()], null, TestContext.Current.CancellationToken);
        Assert.Equal(card.Data.Version, trained.Dataset.Version);
        Assert.True(trained.Report.Verdict.GoesLive, trained.Report.Verdict.Reason);
        // Other processors round otherwise: the figures are about those of the card.
        Assert.Equal(card.Metrics["loss_beside_persistence"]!.Value, trained.Report.Loss, 0.05);
    }
}
