using Microsoft.Extensions.AI;

namespace AITrader.Advice.Tests;

/// <summary>Gives the answers of a script, one a call; the last one again and again.</summary>
internal sealed class ScriptedClient(params Func<CancellationToken, Task<ChatResponse>>[] script) : IChatClient
{
    private int _calls;

    public int Calls => _calls;

    public List<ChatMessage> Messages { get; private set; } = [];

    public ChatOptions? Options { get; private set; }

    public static ScriptedClient Answering(string text, ChatFinishReason? end = null, long? tokens = 100) =>
        new(_ => Task.FromResult(Response(text, end, tokens)));

    public static ChatResponse Response(string text, ChatFinishReason? end = null, long? tokens = 100) =>
        new(new ChatMessage(ChatRole.Assistant, text))
        {
            FinishReason = end ?? ChatFinishReason.Stop,
            ModelId = "scripted-1",
            Usage = tokens is null ? null : new UsageDetails { TotalTokenCount = tokens },
        };

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        (Messages, Options) = ([.. messages], options);
        return script[Math.Min(_calls++, script.Length - 1)](cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("Nothing streams here.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
