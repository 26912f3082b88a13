using AITrader.Inference.Failures;
using AITrader.Inference.Standalone;
using AITrader.Texts.Tokens;
using AITrader.Texts.Windows;
using Microsoft.Extensions.Options;

namespace AITrader.FinBertServer.Models;

/// <summary>Loads a classifier, and refuses what it could not answer with.</summary>
internal sealed class TextModelLoader(ModelOpener opener, IOptions<FinBertOptions> options)
{
    public const string Ids = "input_ids";
    public const string Mask = "attention_mask";
    public const string Types = "token_type_ids";
    public const string Logits = "logits";

    private const string WholeNumbersType = "INT64";
    private const string NumbersType = "FP32";

    // [CLS], [SEP] and two pieces between them.
    private const int ShortestWindow = 4;

    /// <exception cref="InvalidDataException">Its files do not fit together.</exception>
    /// <exception cref="ModelLoadException">Its graph cannot be run.</exception>
    /// <exception cref="IOException">Its files cannot be read.</exception>
    public async Task<TextModel> LoadAsync(ModelLayout layout, CancellationToken cancellationToken)
    {
        foreach (var file in new[] { layout.GraphPath, layout.VocabularyPath })
        {
            if (!File.Exists(file))
            {
                throw new InvalidDataException($"{Path.GetFileName(file)} is missing");
            }
        }

        var configuration = TextModelConfiguration.Read(layout);
        var tokenizer = WordPieceTokenizer.Read(layout.VocabularyPath);
        if (tokenizer.Count > configuration.Pieces)
        {
            throw new InvalidDataException(
                $"vocab.txt has {tokenizer.Count} pieces, the model of config.json knows {configuration.Pieces}: they are not of one model"
            );
        }

        var graph = opener.Open(layout.Name, layout.Version, layout.GraphPath);
        try
        {
            var model = Assemble(layout, graph, tokenizer, configuration);
            await TryAsync(model, cancellationToken);
            return model;
        }
        catch
        {
            graph.Retire();
            throw;
        }
    }

    private TextModel Assemble(ModelLayout layout, OpenModel graph, WordPieceTokenizer tokenizer, TextModelConfiguration configuration)
    {
        var inputs = graph.Inputs.ToDictionary(static input => input.Name, StringComparer.Ordinal);
        if (inputs.Keys.FirstOrDefault(static name => name is not (Ids or Mask or Types)) is { } unknown)
        {
            throw new InvalidDataException($"model.onnx has an input '{unknown}'; a BERT classifier has {Ids}, {Mask} and maybe {Types}");
        }

        CheckInput(inputs, Ids);
        CheckInput(inputs, Mask);
        var takesTypes = inputs.ContainsKey(Types);
        if (takesTypes)
        {
            CheckInput(inputs, Types);
        }

        CheckOutput(graph);
        var fixedLength = inputs[Ids].Shape[1] > 0 ? (int?)inputs[Ids].Shape[1] : null;
        var length = Math.Min(fixedLength ?? int.MaxValue, configuration.Positions);
        return length < ShortestWindow
            ? throw new InvalidDataException($"the model reads {length} pieces at once, which is too few for a text")
            : new TextModel(
                layout,
                graph,
                tokenizer,
                configuration.Labels,
                new WindowLimits(length, Math.Min(options.Value.WindowOverlap, length / 4), options.Value.MaxWindows).Checked(),
                fixedLength,
                takesTypes
            );
    }

    private static void CheckInput(Dictionary<string, ModelValue> inputs, string name)
    {
        if (!inputs.TryGetValue(name, out var input))
        {
            throw new InvalidDataException($"model.onnx has no input {name}; its inputs are {string.Join(", ", inputs.Keys)}");
        }

        if (input.Type != WholeNumbersType || input.Shape.Count != 2 || input.Shape[0] > 0 || input.Shape[1] != inputs[Ids].Shape[1])
        {
            throw new InvalidDataException(
                $"input {name} of model.onnx is {input.Type} [{string.Join(", ", input.Shape)}]; "
                    + $"it has to be {WholeNumbersType} [-1, length], the same for all inputs"
            );
        }
    }

    private static void CheckOutput(OpenModel graph)
    {
        var logits = graph.Outputs.FirstOrDefault(static output => output.Name == Logits);
        if (logits is not { Type: NumbersType, Shape: [_, -1 or LabelOrder.Count] })
        {
            var outputs = graph.Outputs.Select(static output => $"{output.Name} {output.Type} [{string.Join(", ", output.Shape)}]");
            throw new InvalidDataException(
                $"model.onnx gives {string.Join(", ", outputs)}; it has to give {Logits} {NumbersType} [-1, {LabelOrder.Count}], a number for each label"
            );
        }
    }

    // What the graph declares need not be what it gives; ids of the last piece show that the table of the graph holds the vocabulary.
    private static async Task TryAsync(TextModel model, CancellationToken cancellationToken)
    {
        long[] last = [model.Tokenizer.Opening, model.Tokenizer.Count - 1, model.Tokenizer.Closing];
        try
        {
            await model.RunAsync([last, [model.Tokenizer.Opening, model.Tokenizer.Closing]], cancellationToken);
        }
        catch (InferenceException failure)
        {
            throw new InvalidDataException($"a first text could not be read: {failure.Message}", failure);
        }
    }
}
