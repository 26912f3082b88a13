using AITrader.TestSupport;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Benchmarks;

/// <summary>A model of the repository in a bare session of ONNX Runtime, with its memory bound: nothing is faster. For one thread at a
/// time.</summary>
internal sealed class BareModel : IDisposable
{
    /// <summary>Prices of a window.</summary>
    public const int Window = 64;

    private const int Horizon = 8;

    private static readonly string[] InputNames = ["prices"];
    private static readonly string[] OutputNames = ["forecast"];

    private readonly SessionOptions _options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
    private readonly RunOptions _run = new();
    private readonly InferenceSession _session;
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;

    public BareModel(string name, int rows)
    {
        Name = name;
        _session = new InferenceSession(FileOf(name), _options);
        Prices = PricesOf(rows);
        Forecast = new float[rows * Horizon];
        _input = OrtValue.CreateTensorValueFromMemory(Prices, [rows, Window]);
        _output = OrtValue.CreateTensorValueFromMemory(Forecast, [rows, Horizon]);
        (_inputs, _outputs) = ([_input], [_output]);
    }

    public string Name { get; }

    /// <summary>What goes in: rows of prices, each another one.</summary>
    public float[] Prices { get; }

    /// <summary>What came out of the last run.</summary>
    public float[] Forecast { get; }

    public static string FileOf(string model) => Path.Combine(SharedData.RepositoryRoot, "models", model, "1", "model.onnx");

    public static float[] PricesOf(int rows) =>
        [.. Enumerable.Range(0, rows * Window).Select(static i => 100 + (i / Window % 17) + (i * 7 % 11 * 0.05f))];

    public void Run() => _session.Run(_run, InputNames, _inputs, OutputNames, _outputs);

    public void Dispose()
    {
        _output.Dispose();
        _input.Dispose();
        _session.Dispose();
        _run.Dispose();
        _options.Dispose();
    }
}
