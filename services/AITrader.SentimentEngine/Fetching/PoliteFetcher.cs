using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Fetching;

/// <summary>Asks for pages: conditionally, one host not too often, never at an address that is not public, never for too much.</summary>
internal sealed class PoliteFetcher : IDisposable
{
    private readonly FetchOptions _options;
    private readonly TimeProvider _time;
    private readonly HostPace _pace;
    private readonly HttpClient _http;

    public PoliteFetcher(IOptions<FetchOptions> options, TimeProvider time)
        : this(options.Value, time, static (host, ct) => Dns.GetHostAddressesAsync(host, ct)) { }

    internal PoliteFetcher(FetchOptions options, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (_options, _time) = (options, time);
        _pace = new HostPace(options.HostInterval, time);
        var connector = new GuardedConnector([.. options.AllowedPrivate], resolve);

        // Not the factory's client: its retries would ask again at once where a server says 429. No proxy: that would resolve the name.
#pragma warning disable CA2000 // The client disposes of it.
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectCallback = connector.ConnectAsync,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                UseCookies = false,
                UseProxy = false,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
#pragma warning restore CA2000
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Asks for a page. Whatever happens there is an outcome.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken ct)
    {
        if (_pace.PauseOf(request.Address.Authority) is var pause && pause > TimeSpan.Zero)
        {
            return new FetchOutcome.Refused($"{request.Address.Authority} wants to be left alone", pause);
        }

        try
        {
            return await FollowAsync(request, ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new FetchOutcome.Refused($"{request.Address.Authority} did not answer within {_options.Timeout.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException failure)
        {
            return new FetchOutcome.Refused(failure.InnerException is RefusedAddressException refused ? refused.Message : failure.Message);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or SocketException)
        {
            return new FetchOutcome.Refused(failure.Message);
        }
    }

    private async Task<FetchOutcome> FollowAsync(FetchRequest request, CancellationToken ct)
    {
        var address = request.Address;
        for (var redirects = 0; ; redirects++)
        {
            await _pace.WaitAsync(address.Authority, ct);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(_options.Timeout);
            using var message = Message(request, address);
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (
                answer.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther)
                && answer.StatusCode is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            )
            {
                return await ReadAsync(request, answer, limit.Token);
            }

            var (next, fault) = NextOf(address, answer.Headers.Location, redirects);
            if (fault is not null)
            {
                return new FetchOutcome.Refused(fault);
            }

            address = next!;
        }
    }

    private (Uri? Next, string? Fault) NextOf(Uri from, Uri? location, int redirects)
    {
        if (location is null)
        {
            return (null, $"{from.Authority} redirects to nowhere");
        }

        var next = new Uri(from, location);
        return redirects >= _options.MaxRedirects ? (null, $"{from.Authority} redirects more than {_options.MaxRedirects} times")
            : next.Scheme != Uri.UriSchemeHttp && next.Scheme != Uri.UriSchemeHttps ? (null, $"{from.Authority} redirects to {next.Scheme}")
            : from.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp
                ? (null, $"{from.Authority} redirects from https to http")
            : (next, null);
    }

    private HttpRequestMessage Message(FetchRequest request, Uri address)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, address);
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        message.Headers.TryAddWithoutValidation(
            "Accept",
            "application/rss+xml, application/atom+xml, application/json, application/xml, */*;q=0.5"
        );
        if (request.Validators?.ETag is { } etag)
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        if (request.Validators?.LastModified is { } modified)
        {
            message.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }

        if (
            request.BearerToken is { Length: > 0 } token
            && address.Authority == request.Address.Authority
            && address.Scheme == request.Address.Scheme
        )
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return message;
    }

    private async Task<FetchOutcome> ReadAsync(FetchRequest request, HttpResponseMessage answer, CancellationToken ct)
    {
        var validators = new Validators(RawHeader(answer, "ETag"), RawHeader(answer, "Last-Modified"));
        if (answer.StatusCode == HttpStatusCode.NotModified)
        {
            // A server that does not repeat one of them keeps it.
            return new FetchOutcome.Unchanged(
                new Validators(validators.ETag ?? request.Validators?.ETag, validators.LastModified ?? request.Validators?.LastModified)
            );
        }

        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return Refusal(request, answer);
        }

        var content = await BodyAsync(answer.Content, ct);
        return content is null
            ? new FetchOutcome.Refused($"{request.Address.Authority} answered with more than {_options.MaxBytes} bytes")
            : new FetchOutcome.Fetched(content, answer.Content.Headers.ContentType?.CharSet?.Trim('"', '\''), validators);
    }

    private FetchOutcome.Refused Refusal(FetchRequest request, HttpResponseMessage answer)
    {
        var pause = RetryAfter.Read(RawHeader(answer, "Retry-After"), _time.GetUtcNow());
        if (pause is { } asked)
        {
            _pace.Pause(request.Address.Authority, asked);
        }

        return new FetchOutcome.Refused($"{request.Address.Authority} answered {(int)answer.StatusCode}", pause);
    }

    // Counted as it is unpacked: a small answer may unpack to a very large one.
    private async Task<byte[]?> BodyAsync(HttpContent content, CancellationToken ct)
    {
        await using var body = await content.ReadAsStreamAsync(ct);
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, ct)) > 0)
        {
            if (kept.Length + read > _options.MaxBytes)
            {
                return null;
            }

            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }

    // As it was sent: many a server compares the text, and many a date is none.
    private static string? RawHeader(HttpResponseMessage answer, string name) =>
        answer.Headers.NonValidated.TryGetValues(name, out var values) || answer.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString() is { Length: > 0 and <= 1024 } text
                ? text
                : null
            : null;
}
