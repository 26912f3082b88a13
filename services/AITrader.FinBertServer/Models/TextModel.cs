using AITrader.Inference.Standalone;
using AITrader.Texts.Tokens;
using AITrader.Texts.Windows;

namespace AITrader.FinBertServer.Models;

/// <summary>A loaded text classifier.</summary>
/// <param name="Layout">Where it is from.</param>
/// <param name="Model">Its graph.</param>
/// <param name="Tokenizer">Splits texts as it was trained on.</param>
/// <param name="Labels">What its outputs mean.</param>
/// <param name="Windows">How long texts are cut.</param>
/// <param name="FixedLength">Pieces of every row; null where rows may have any length.</param>
/// <param name="TakesTypes">Whether it takes <c>token_type_ids</c>.</param>
internal sealed record TextModel(
    ModelLayout Layout,
    OpenModel Model,
    WordPieceTokenizer Tokenizer,
    LabelOrder Labels,
    WindowLimits Windows,
    int? FixedLength,
    bool TakesTypes
);

/// <summary>Which output of a model stands for which label.</summary>
internal sealed record LabelOrder(int Positive, int Negative, int Neutral)
{
    public const int Count = 3;
}
