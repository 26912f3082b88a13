using AITrader.Learning.Models;
using AITrader.TestSupport;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Tests.Models;

public sealed class PersistenceModelTests
{
    [Theory]
    [InlineData(1, 1, 8)]
    [InlineData(1, 64, 8)]
    [InlineData(3, 5, 8)]
    [InlineData(2, 7, 3)]
    public void Forecast_repeats_the_last_price_of_each_row(int batch, int window, int horizon)
    {
        using var session = new InferenceSession(PersistenceModel.Build(horizon));
        var prices = Enumerable.Range(0, batch * window).Select(static i => 60000.1f + (i * 0.25f)).ToArray();

        var forecast = Run(session, prices, batch, window, out var shape);

        Assert.Equal([batch, horizon], shape);
        for (var row = 0; row < batch; row++)
        {
            var last = prices[(row * window) + window - 1];
            Assert.All(forecast.Skip(row * horizon).Take(horizon), value => Assert.Equal(last, value));
        }
    }

    [Fact]
    public void Names_and_shapes_are_those_the_client_speaks()
    {
        using var session = new InferenceSession(PersistenceModel.Build());

        var input = Assert.Single(session.InputMetadata);
        var output = Assert.Single(session.OutputMetadata);
        Assert.Equal("prices", input.Key);
        Assert.Equal(["batch", "window"], input.Value.SymbolicDimensions);
        Assert.Equal("forecast", output.Key);
        Assert.Equal([-1, PersistenceModel.DefaultHorizon], output.Value.Dimensions);
    }

    [Fact]
    public void Committed_model_is_what_the_builder_makes()
    {
        var built = PersistenceModel.Build();
        var fresh = Path.Combine(SharedData.RepositoryRoot, "artifacts", "fresh-models", "persistence.onnx");
        Directory.CreateDirectory(Path.GetDirectoryName(fresh)!);
        File.WriteAllBytes(fresh, built);

        var committed = Path.Combine(SharedData.RepositoryRoot, "models", "persistence", "1", "model.onnx");
        Assert.True(
            File.Exists(committed) && File.ReadAllBytes(committed).AsSpan().SequenceEqual(built),
            "models/persistence/1/model.onnx is not what PersistenceModel builds. If the change is meant, give it a new "
                + "version: copy artifacts/fresh-models/persistence.onnx to models/persistence/<version>/model.onnx."
        );
    }

    [Fact]
    public void Horizon_must_be_positive() => Assert.Throws<ArgumentOutOfRangeException>(static () => PersistenceModel.Build(0));

    private static float[] Run(InferenceSession session, float[] prices, int batch, int window, out long[] shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(prices, [batch, window]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["prices"], [input], ["forecast"]);
        shape = results[0].GetTensorTypeAndShape().Shape;
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
