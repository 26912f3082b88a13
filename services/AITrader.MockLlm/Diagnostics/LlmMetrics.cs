using System.Diagnostics.Metrics;

namespace AITrader.MockLlm.Diagnostics;

/// <summary>Metrics of the answers.</summary>
internal sealed class LlmMetrics
{
    private const string ModelTag = "model";

    private readonly Counter<long> _answers;
    private readonly Counter<long> _tokens;

    public LlmMetrics(IMeterFactory meters)
    {
#pragma warning disable CA2000 // The factory owns its meters.
        var meter = meters.Create("AITrader.MockLlm");
#pragma warning restore CA2000
        _answers = meter.CreateCounter<long>("aitrader.mock_llm.answers", "{answer}", "Answers given");
        _tokens = meter.CreateCounter<long>("aitrader.mock_llm.tokens", "{token}", "Tokens counted, of prompts and answers");
    }

    public void Answered(string model, int promptTokens, int completionTokens)
    {
        _answers.Add(1, KeyValuePair.Create(ModelTag, (object?)model));
        _tokens.Add(promptTokens, KeyValuePair.Create(ModelTag, (object?)model), KeyValuePair.Create("kind", (object?)"prompt"));
        _tokens.Add(completionTokens, KeyValuePair.Create(ModelTag, (object?)model), KeyValuePair.Create("kind", (object?)"completion"));
    }
}
