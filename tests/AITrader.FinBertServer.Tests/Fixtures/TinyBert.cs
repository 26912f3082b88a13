using AITrader.Learning.Onnx;

namespace AITrader.FinBertServer.Tests.Fixtures;

/// <summary>A classifier in the layout of Hugging Face's exports that is small enough to be worked out by hand: logits are the mean over a
/// text's pieces of a row of a table.</summary>
/// <remarks>The row of [PAD] is enormous, so that a piece that only fills up and is counted shows.</remarks>
internal sealed record TinyBert
{
    public static readonly string[] Vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "profit", "loss", "the", "rose", "##s", "fell"];

    private const int Word = 4;

    /// <summary>Labels by the place of their output.</summary>
    public IReadOnlyList<string> Labels { get; init; } = ["Neutral", "Positive", "Negative"];

    public bool TakesTypes { get; init; } = true;

    public string Ids { get; init; } = "input_ids";

    public string Output { get; init; } = "logits";

    public OnnxElementType IdType { get; init; } = OnnxElementType.I64;

    /// <summary>Pieces of each row; null where any number will do.</summary>
    public int? Length { get; init; }

    /// <summary>Outputs of the graph.</summary>
    public int Width { get; init; } = 3;

    /// <summary>How sure it is; infinite numbers break it.</summary>
    public float Strength { get; init; } = 8;

    public string Configuration =>
        $$$"""
            {"architectures":["BertForSequenceClassification"],"max_position_embeddings":12,
            "vocab_size":{{{Vocabulary.Length}}},"id2label":{ {{{LabelText}}} }}
            """;

    private string LabelText => string.Join(',', Labels.Select(static (label, place) => $"\"{place}\":\"{label}\""));

    public byte[] Graph()
    {
        var graph = new OnnxGraph("tiny-bert");
        var batch = OnnxDimension.Varying("batch");
        var length = Length is { } pieces ? OnnxDimension.Of(pieces) : OnnxDimension.Varying("sequence");
        var ids = graph.Input(Ids, IdType, batch, length);
        var mask = graph.Input("attention_mask", OnnxElementType.I64, batch, length);
        var rows = graph.Node("Gather", [graph.Constant(Table(), Vocabulary.Length, Width), ids]);
        if (TakesTypes)
        {
            var types = graph.Input("token_type_ids", OnnxElementType.I64, batch, length);
            rows = graph.Node("Add", [rows, Weights(graph, types)]);
        }

        var weights = Weights(graph, mask);
        var sum = Total(graph, graph.Node("Mul", [rows, weights]));
        var logits = graph.Node("Div", [sum, Total(graph, weights)], Output);
        graph.Output(logits, OnnxElementType.Fp32, batch, OnnxDimension.Of(Width));
        return graph.ToBytes();
    }

    /// <summary>Writes its files into a folder.</summary>
    public void Install(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), Vocabulary);
        File.WriteAllText(Path.Combine(folder, "config.json"), Configuration);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), Graph());
    }

    private float[] Table()
    {
        var table = new float[Vocabulary.Length * Width];
        table.AsSpan(0, Width).Fill(1_000);
        table[0] = -1_000;
        Set(Word, "positive");
        Set(Word + 1, "negative");
        Set(Word + 2, "neutral");
        Set(Word + 3, "positive");
        Set(Word + 5, "negative");
        return table;

        void Set(int piece, string label)
        {
            var place = Labels.ToList().FindIndex(name => name.Equals(label, StringComparison.OrdinalIgnoreCase));
            table[(piece * Width) + Math.Clamp(place, 0, Width - 1)] = Strength;
        }
    }

    private static OnnxValue Weights(OnnxGraph graph, OnnxValue mask)
    {
        var numbers = graph.Node("Cast", [mask], output: null, NodeSetting.Of("to", (long)OnnxElementType.Fp32));
        return graph.Node("Unsqueeze", [numbers, graph.Constant(2L)]);
    }

    private static OnnxValue Total(OnnxGraph graph, OnnxValue of) =>
        graph.Node("ReduceSum", [of, graph.Constant(1L)], output: null, NodeSetting.Of("keepdims", 0L));
}
