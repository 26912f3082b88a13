using AITrader.Inference.Failures;
using AITrader.Inference.Standalone;

namespace AITrader.FinBertServer.Models;

/// <summary>Runs a classifier on rows of pieces.</summary>
internal static class TextModelRuns
{
    /// <summary>Runs rows together, filled up to a common length.</summary>
    /// <returns>[rows, labels].</returns>
    /// <exception cref="InvalidDataException">The model does not give a number for each label of each row.</exception>
    /// <exception cref="InferenceException">The run was refused, timed out or failed.</exception>
    public static async ValueTask<ModelRun> RunAsync(this TextModel model, IReadOnlyList<long[]> rows, CancellationToken cancellationToken)
    {
        var length = model.FixedLength ?? rows.Max(static row => row.Length);
        var (ids, mask) = (new long[rows.Count * length], new long[rows.Count * length]);
        Array.Fill(ids, model.Tokenizer.Padding);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].CopyTo(ids, i * length);
            Array.Fill(mask, 1, i * length, rows[i].Length);
        }

        long[] shape = [rows.Count, length];
        List<WholeNumbers> inputs = [new(TextModelLoader.Ids, shape, ids), new(TextModelLoader.Mask, shape, mask)];
        if (model.TakesTypes)
        {
            inputs.Add(new WholeNumbers(TextModelLoader.Types, shape, new long[ids.Length]));
        }

        var run = await model.Model.RunAsync(inputs, TextModelLoader.Logits, cancellationToken);
        return run.Shape is [var given, LabelOrder.Count] && given == rows.Count && Array.TrueForAll(run.Numbers, float.IsFinite)
            ? run
            : throw new InvalidDataException(
                $"model.onnx gave [{string.Join(", ", run.Shape)}] for {rows.Count} texts, or what is no number; "
                    + $"expected were {LabelOrder.Count} numbers each"
            );
    }
}
