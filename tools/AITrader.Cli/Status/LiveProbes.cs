using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AITrader.Cli.Hosting;
using AITrader.Cli.Network;
using AITrader.Cli.Timing;

namespace AITrader.Cli.Status;

/// <summary>Probes each resource directly: the host checks a healthy one only every half minute.</summary>
internal sealed class LiveProbes(TimeProvider time) : IDisposable
{
    private const string Redis = "redis";
    private const string Postgres = "postgres";
    private const string Page = "frontend";

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    // protocol-flow.html#PROTOCOL-FLOW-SSL: length 8, then the number of an SSL request; any server answers with one letter.
    private static readonly byte[] PostgresQuestion = [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F];
    private static readonly byte[] RedisQuestion = Encoding.ASCII.GetBytes("PING\r\n");

    private readonly HttpClient _http = LoopbackHttp.CreateClient();

    public void Dispose() => _http.Dispose();

    /// <summary>Probes a resource, unless it is down or starting.</summary>
    public async Task<ProbeAnswer> AskAsync(ResourceView resource, CancellationToken cancellationToken)
    {
        if (resource.Urls.Count == 0 || resource.Condition is not (Condition.Healthy or Condition.Unhealthy))
        {
            return new ProbeAnswer(WasAsked: false, Problem: null);
        }

        return new ProbeAnswer(WasAsked: true, await AskInTimeAsync(resource, cancellationToken));
    }

    private async Task<string?> AskInTimeAsync(ResourceView resource, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(AnswerTimeout, time, cancellationToken);
        try
        {
            return await AskNowAsync(resource, resource.Urls[0], deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {AnswerTimeout.TotalSeconds:0.#} s";
        }
        catch (Exception refused) when (refused is HttpRequestException or SocketException or IOException)
        {
            return $"cannot be reached: {refused.Message}";
        }
    }

    /// <summary>Whether a resource is Redis or PostgreSQL.</summary>
    public static bool IsStore(ResourceView resource) => resource.Name is Redis or Postgres;

    private Task<string?> AskNowAsync(ResourceView resource, Uri address, CancellationToken deadline) =>
        resource.Name switch
        {
            Redis => TalkAsync(address, RedisQuestion, deadline),
            Postgres => TalkAsync(address, PostgresQuestion, deadline),
            _ when !address.Scheme.StartsWith("http", StringComparison.Ordinal) => Task.FromResult<string?>(null),
            _ => GetAsync(new Uri(address, resource.Name == Page ? "/" : "/health"), deadline),
        };

    private static async Task<string?> TalkAsync(Uri address, byte[] question, CancellationToken deadline)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port, deadline);
        await socket.SendAsync(question, deadline);
        return await socket.ReceiveAsync(new byte[64], deadline) > 0 ? null : "closes connections at once";
    }

    private async Task<string?> GetAsync(Uri address, CancellationToken deadline)
    {
        using var answer = await _http.GetAsync(address, deadline);
        return answer.IsSuccessStatusCode
            ? null
            : Problems(await answer.Content.ReadAsStringAsync(deadline)) ?? $"{address.AbsolutePath} answers {(int)answer.StatusCode}";
    }

    /// <summary>The failed checks of a health report; null where the text is no such report.</summary>
    internal static string? Problems(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("checks", out var checks)
                ? string.Join(
                    "; ",
                    checks.EnumerateArray().Where(static check => check.GetProperty("status").GetString() == "unhealthy").Select(Describe)
                )
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string Describe(JsonElement check)
    {
        var name = check.GetProperty("name").GetString();
        return check.TryGetProperty("description", out var description) && description.GetString() is { Length: > 0 } text
            ? $"{name}: {text}"
            : $"{name} fails";
    }
}
