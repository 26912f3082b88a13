using System.Net.Http.Headers;

namespace AITrader.ServiceDefaults.ServiceAuth;

/// <summary>Attaches a token for the called services. Without a key it attaches none, and they answer 401.</summary>
internal sealed class ServiceTokenHandler(ServiceTokens tokens, IReadOnlyList<string> audiences) : DelegatingHandler
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Attach(request);
        return base.Send(request, cancellationToken);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Attach(request);
        return base.SendAsync(request, cancellationToken);
    }

    private void Attach(HttpRequestMessage request)
    {
        if (tokens.Issue(audiences) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }
}
