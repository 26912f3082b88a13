using System.Text.Json;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Client;

/// <summary>Lets both runners of a sample of races finish, and measures the difference between their answers.</summary>
/// <remarks>This does not delay the race: its loser is cancelled as always, and only its request continues in the background.</remarks>
internal sealed class RaceSampler(IOptions<ForecastClientOptions> options, RaceMetrics metrics, TimeProvider clock)
{
    private int _races;

    /// <summary>True for every n-th race.</summary>
    public bool Next() => options.Value.SampleEvery > 0 && (uint)Interlocked.Increment(ref _races) % (uint)options.Value.SampleEvery == 0;

    public async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        HttpRequestMessage request,
        Race race,
        CancellationToken cancellationToken
    )
    {
        // A copy, because the request of the race is disposed as soon as there is a winner.
#pragma warning disable CA2000 // Its content is bytes, and the response refers to it.
        var finishing = FinishAsync(send, await CopyAsync(request, cancellationToken), race);
#pragma warning restore CA2000
        try
        {
            return await finishing.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _ = DiscardAsync(finishing);
            throw;
        }
    }

    private async Task<HttpResponseMessage> FinishAsync(
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        HttpRequestMessage request,
        Race race
    )
    {
        using var limit = new CancellationTokenSource(options.Value.AttemptTimeout, clock);
        var response = await send(request, limit.Token);
        if (response.IsSuccessStatusCode)
        {
            // Reading buffers the body, so that the caller of the winner can read it again.
            Compare(await response.Content.ReadAsByteArrayAsync(limit.Token), race);
        }

        return response;
    }

    private void Compare(byte[] body, Race race)
    {
        try
        {
            var answer = ForecastWire.Read(body);
            if (race.Meet(answer) is { } other)
            {
                metrics.Compared(answer.Model, Difference(answer.Values, other.Values));
            }
        }
        catch (JsonException)
        {
            // The caller that waits for this answer parses it too, and reports the failure.
        }
    }

    // The largest relative difference of all steps; 1 where the answers have different lengths.
    private static double Difference(double[] one, double[] other)
    {
        if (one.Length != other.Length)
        {
            return 1;
        }

        var worst = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            var size = Math.Max(Math.Abs(one[i]), Math.Abs(other[i]));
            worst = Math.Max(worst, size == 0 ? 0 : Math.Abs(one[i] - other[i]) / size);
        }

        return worst;
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Version = request.Version,
            VersionPolicy = request.VersionPolicy,
        };
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        if (request.Content is { } content)
        {
            copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(cancellationToken));
            copy.Content.Headers.ContentType = content.Headers.ContentType;
        }

        return copy;
    }

    // No caller waits for a cancelled leg: its response is closed, and its failure is ignored.
    private static async Task DiscardAsync(Task<HttpResponseMessage> finishing)
    {
        try
        {
            using var _ = await finishing;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            // The race already has an answer.
        }
    }
}
