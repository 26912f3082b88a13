using System.Net;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace AITrader.StrategyEngine.Broker;

/// <summary>Reads the account by the tools of the broker's MCP server, within a deadline.</summary>
/// <remarks>The login hangs on the session: as long as the server knows the session, it is kept, over calls that fail and over outages.
/// Only
/// where the server does not know it any more another one begins. For one caller at a time.</remarks>
internal sealed class BrokerTools(IHttpClientFactory clients, IOptions<BrokerOptions> options, TimeProvider time, ILoggerFactory loggers)
    : IAsyncDisposable
{
    /// <summary>Name of the client that sends the requests.</summary>
    public const string Client = "broker-account";

    // The revision with sessions: with a later one a login would be lost after every call.
    private const string Revision = "2025-11-25";
    private const string Margins = "get_margins";
    private const string Login = "login";

    private HttpClientTransport? _transport;
    private McpClient? _session;
    private HashSet<string> _tools = [];
    private Task<BrokerReading> _reading = Task.FromResult(new BrokerReading(null, null));

    public async ValueTask DisposeAsync() => await EndAsync();

    public async Task<BrokerReading> ReadAsync(CancellationToken ct)
    {
        if (!_reading.IsCompleted)
        {
            return new BrokerReading(null, "the reading before does not end");
        }

        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            _reading = ReadInTimeAsync(either.Token);
            return await _reading.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new BrokerReading(null, FormattableString.Invariant($"no answer within {options.Value.Timeout.TotalSeconds:0.###} s"));
        }
        catch (Exception failure)
            when (failure is HttpRequestException or McpException or IOException or InvalidOperationException or TimeoutException)
        {
            await EndUnlessPassingAsync(failure);
            return new BrokerReading(
                null,
                failure is HttpRequestException { StatusCode: null } ? "not reachable" : $"not usable: {failure.Message}"
            );
        }
    }

    private async Task<BrokerReading> ReadInTimeAsync(CancellationToken ct)
    {
        var session = _session ??= await BeginAsync(ct);
        if (_tools.Count == 0)
        {
            _tools = [.. (await session.ListToolsAsync(cancellationToken: ct)).Select(static tool => tool.Name)];
        }

        if (!_tools.Contains(Margins))
        {
            return new BrokerReading(null, $"its server has no tool {Margins}");
        }

        try
        {
            var margins = BrokerAnswers.Json(Margins, await session.CallToolAsync(Margins, cancellationToken: ct));
            return BrokerAnswers.AvailableMargin(margins) is { } free
                ? new BrokerReading(await DescribeAsync(session, Math.Max(0m, free), ct), null)
                : new BrokerReading(null, $"{Margins} says nothing of the margin of equities");
        }
        catch (BrokerToolException refused)
        {
            // A session at the broker that has ended is told as any other failure: the login knows.
            return await LoginLinkAsync(session, ct) is { } link
                ? new BrokerReading(null, "its owner has to sign in", link)
                : new BrokerReading(null, refused.Message);
        }
    }

    private async Task<BrokerAccount> DescribeAsync(McpClient session, decimal free, CancellationToken ct) =>
        new(
            await TryAsync(session, "get_profile", ct) is { } profile ? BrokerAnswers.User(profile) : null,
            free,
            await TryAsync(session, "get_holdings", ct) is { } holdings ? BrokerAnswers.Holdings(holdings) : null,
            await TryAsync(session, "get_positions", ct) is { } positions ? BrokerAnswers.Holdings(positions) : null,
            time.GetUtcNow()
        );

    // Beside the margin, which bounds orders, the rest is for a person: what is missing of it is missing.
    private async Task<System.Text.Json.JsonElement?> TryAsync(McpClient session, string tool, CancellationToken ct)
    {
        if (!_tools.Contains(tool))
        {
            return null;
        }

        try
        {
            return BrokerAnswers.Json(tool, await session.CallToolAsync(tool, cancellationToken: ct));
        }
        catch (BrokerToolException)
        {
            return null;
        }
    }

    private async Task<string?> LoginLinkAsync(McpClient session, CancellationToken ct) =>
        _tools.Contains(Login)
            ? BrokerAnswers.LoginLink(BrokerAnswers.Text(await session.CallToolAsync(Login, cancellationToken: ct)))
            : null;

    private async Task<McpClient> BeginAsync(CancellationToken ct)
    {
        await EndAsync();
        _transport = new HttpClientTransport(
            new HttpClientTransportOptions { Endpoint = new Uri(options.Value.Endpoint), ConnectionTimeout = options.Value.Timeout },
            clients.CreateClient(Client),
            loggers,
            ownsHttpClient: true
        );
        return await McpClient.CreateAsync(_transport, new McpClientOptions { ProtocolVersion = Revision }, loggers, ct);
    }

    private async Task EndUnlessPassingAsync(Exception failure)
    {
        if (
            failure
            is not HttpRequestException { StatusCode: null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError }
        )
        {
            await EndAsync();
        }
    }

    private async Task EndAsync()
    {
        var (session, transport) = (_session, _transport);
        (_session, _transport, _tools) = (null, null, []);
        if (session is not null)
        {
            await session.DisposeAsync();
        }

        if (transport is not null)
        {
            await transport.DisposeAsync();
        }
    }
}
