using AITrader.Learning.Onnx;

namespace AITrader.Learning.Models;

/// <summary>The baseline forecaster: it predicts the last price. Every better model has to beat it.</summary>
/// <remarks>
/// Input <c>prices</c> float32 [batch, window], oldest first; output <c>forecast</c> float32 [batch, horizon], the
/// window's last price repeated. Exact: no arithmetic touches a price, so CPU and GPU agree to the bit.
/// </remarks>
public static class PersistenceModel
{
    /// <summary>The model's name in the repository.</summary>
    public const string Name = "persistence";

    /// <summary>Steps that the committed version forecasts.</summary>
    public const int DefaultHorizon = 8;

    /// <summary>Builds the model.</summary>
    /// <param name="horizon">Steps to forecast, above zero.</param>
    /// <returns>The bytes of an <c>.onnx</c> file; equal for equal arguments.</returns>
    public static byte[] Build(int horizon = DefaultHorizon)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        var graph = new OnnxGraph(Name);
        var batch = OnnxDimension.Varying("batch");
        var prices = graph.Input("prices", OnnxElementType.Fp32, batch, OnnxDimension.Varying("window"));

        // [batch, window] -> [batch, 1]: the slice from -1 to the end of axis 1.
        var last = graph.Node("Slice", [prices, graph.Constant(-1L), graph.Constant(long.MaxValue), graph.Constant(1L)]);
        var forecast = graph.Node("Expand", [last, graph.Constant(1L, horizon)], "forecast");
        graph.Output(forecast, OnnxElementType.Fp32, batch, OnnxDimension.Of(horizon));
        return graph.ToBytes();
    }
}
