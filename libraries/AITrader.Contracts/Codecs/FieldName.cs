using System.Text;

namespace AITrader.Contracts.Codecs;

/// <summary>A field's name, encoded once.</summary>
public sealed class FieldName(string text)
{
    /// <summary>As text.</summary>
    public string Text { get; } = text;

    /// <summary>As UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = Encoding.UTF8.GetBytes(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
