using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.Cli.Failures;
using AITrader.Cli.Network;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Gateway;

/// <summary>A signed-in connection to the gateway of the running host.</summary>
internal sealed class GatewayClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _run;
    private readonly GatewayAddress _address;
    private readonly GatewaySignIn _signIn;
    private readonly TokenStore _tokens;
    private Session? _session;

    public GatewayClient(HostRecord record, GatewayAddress address, GatewaySignIn signIn, TokenStore tokens)
    {
        (_run, _address, _signIn, _tokens) = (record.Run, address, signIn, tokens);
        _http = LoopbackHttp.CreateClient();
        _http.BaseAddress = address.Gateway;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Reads a JSON body.</summary>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, body: null, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>Reads a JSON body; null where the gateway knows of nothing there.</summary>
    public async Task<JsonElement?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken);
        }
        catch (GatewayRefusal refusal) when (refusal.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Posts a JSON body and reads that of the answer.</summary>
    public async Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, body, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>Sends a JSON body, or none, and reads that of the answer; null where it has none.</summary>
    public async Task<JsonElement?> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(method, path, body, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NoContent
            ? null
            : await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>The answer with its body unread, for downloads.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, body: null, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Throws where the gateway refused a request.</summary>
    /// <exception cref="Refusal">The answer is no success; the text is the gateway's.</exception>
    public static async Task CheckAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new GatewayRefusal(await ProblemText.ReadAsync(answer, cancellationToken), answer.StatusCode);
        }
    }

    // A token that is refused before it expires belongs to another database or key: sign in once more, and take that answer.
    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        object? body,
        HttpCompletionOption completion,
        CancellationToken cancellationToken
    )
    {
        var kept = _session ?? _tokens.Find(_run);
        var answer = await TrySendAsync(method, path, body, kept ?? await RenewAsync(cancellationToken), completion, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Unauthorized && kept is not null)
        {
            answer.Dispose();
            answer = await TrySendAsync(method, path, body, await RenewAsync(cancellationToken), completion, cancellationToken);
        }

        try
        {
            await CheckAsync(answer, cancellationToken);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> TrySendAsync(
        HttpMethod method,
        string path,
        object? body,
        Session session,
        HttpCompletionOption completion,
        CancellationToken cancellationToken
    )
    {
        _session = session;
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : JsonContent.Create(body, body.GetType()),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Token);
        try
        {
            return await _http.SendAsync(request, completion, cancellationToken);
        }
        catch (HttpRequestException refused)
        {
            throw new Refusal($"the gateway at {_address.Gateway} does not answer: {refused.Message}");
        }
    }

    private async Task<Session> RenewAsync(CancellationToken cancellationToken)
    {
        var session = await _signIn.SignInAsync(_address, _run, cancellationToken);
        await _tokens.KeepAsync(session, cancellationToken);
        return session;
    }
}
