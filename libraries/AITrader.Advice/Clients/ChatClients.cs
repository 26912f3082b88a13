using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace AITrader.Advice.Clients;

/// <summary>A model behind an endpoint of OpenAI's protocol.</summary>
/// <param name="BaseUrl">Address that the protocol's paths follow, such as <c>https://api.openai.com/v1</c> or Ollama's
/// <c>http://localhost:11434/v1</c>.</param>
/// <param name="Model">The model's name there.</param>
/// <param name="ApiKey">Key, where the endpoint asks for one.</param>
public sealed record ChatEndpoint(Uri BaseUrl, string Model, string? ApiKey)
{
    /// <summary>Without keys, those that stand in the address included.</summary>
    public override string ToString() =>
        BaseUrl.IsAbsoluteUri ? $"{Model} at {BaseUrl.Scheme}://{BaseUrl.Authority}{BaseUrl.AbsolutePath}" : Model;
}

/// <summary>Makes clients.</summary>
public static class ChatClients
{
    // The protocol's package wants a key; endpoints without keys ignore it.
    private const string NoKey = "none";

    /// <summary>A client that sends each question once: deadline and retries are the adviser's.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="http">What sends it, which must not repeat by itself; null for a client of its own.</param>
    public static IChatClient Create(ChatEndpoint endpoint, HttpClient? http = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrWhiteSpace(endpoint.Model);
        if (!endpoint.BaseUrl.IsAbsoluteUri || endpoint.BaseUrl.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"{endpoint.BaseUrl} is not an absolute address of http or https.", nameof(endpoint));
        }

        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint.BaseUrl,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        if (http is not null)
        {
            options.Transport = new HttpClientPipelineTransport(http);
        }

        var key = new ApiKeyCredential(string.IsNullOrEmpty(endpoint.ApiKey) ? NoKey : endpoint.ApiKey);
        return new OpenAIClient(key, options).GetChatClient(endpoint.Model).AsIChatClient();
    }
}
