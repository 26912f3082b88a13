using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;
using AITrader.Cli.Network;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Gateway;

/// <summary>Signs in at the gateway: the operator's key makes codes, and each code signs in once.</summary>
internal sealed class GatewaySignIn : IDisposable
{
    private const string KeyScheme = "AdminKey";

    private readonly HttpClient _http = LoopbackHttp.CreateClient();

    public void Dispose() => _http.Dispose();

    /// <summary>Finds the gateway of a running host.</summary>
    /// <exception cref="Refusal">The gateway does not run.</exception>
    public static async Task<GatewayAddress> FindAsync(HostRecord record, CancellationToken cancellationToken)
    {
        using var service = new ResourceService(record);
        return GatewayAddress.From(await service.ReadAsync(cancellationToken))
            ?? throw new Refusal("the gateway does not run; `./aitrader status` shows what does", ExitCodes.NotRunning);
    }

    /// <summary>Makes a link to the web page that signs one browser in, once.</summary>
    /// <exception cref="Refusal">The gateway refuses, or does not answer.</exception>
    public async Task<Uri> MakeLinkAsync(GatewayAddress address, CancellationToken cancellationToken) =>
        address.Page is { } page
            ? new Uri(page, $"#sign-in={Uri.EscapeDataString(await MakeCodeAsync(address, cancellationToken))}")
            : throw new Refusal("the page does not run; `./aitrader restart frontend` starts it");

    /// <summary>Opens a session for this program.</summary>
    /// <exception cref="Refusal">The gateway refuses, or does not answer.</exception>
    public async Task<Session> SignInAsync(GatewayAddress address, string run, CancellationToken cancellationToken)
    {
        var code = await MakeCodeAsync(address, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address.Gateway, "/api/auth/sign-in"))
        {
            Content = JsonContent.Create(new { code }),
        };
        var body = await SendAsync(request, cancellationToken);
        return new Session(run, body.GetProperty("token").GetString()!, body.GetProperty("expires_at").GetDateTimeOffset());
    }

    private async Task<string> MakeCodeAsync(GatewayAddress address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address.Gateway, "/api/auth/links"));
        request.Headers.Authorization = new AuthenticationHeaderValue(KeyScheme, address.AdminKey);
        return (await SendAsync(request, cancellationToken)).GetProperty("code").GetString()!;
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            await GatewayClient.CheckAsync(answer, cancellationToken);
            return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        }
        catch (HttpRequestException refused)
        {
            throw new Refusal($"the gateway at {request.RequestUri!.GetLeftPart(UriPartial.Authority)} does not answer: {refused.Message}");
        }
    }
}
