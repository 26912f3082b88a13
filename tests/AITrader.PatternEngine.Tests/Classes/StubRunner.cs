using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;

namespace AITrader.PatternEngine.Tests.Classes;

/// <summary>A runner that answers as it is told to.</summary>
internal sealed class StubRunner : HttpMessageHandler
{
    /// <summary>Requests so far.</summary>
    public int Asked { get; private set; }

    /// <summary>What it answers.</summary>
    public Func<CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = static _ => Task.FromResult(Good());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked++;
        return await Answer(cancellationToken);
    }

    /// <summary>An answer of one window.</summary>
    public static HttpResponseMessage Good(string shape = "[1,7]", string name = "probabilities", params float[] numbers)
    {
        var row = numbers.Length > 0 ? numbers : [0.1f, 0.5f, 0.1f, 0.1f, 0.1f, 0.05f, 0.05f];
        var header = Encoding.UTF8.GetBytes(
            $$$"""{"model_name":"cnn-pattern","model_version":"3","outputs":[{"name":"{{{name}}}","datatype":"FP32","shape":{{{shape}}},"parameters":{"binary_data_size":{{{row.Length * 4}}}}}]}"""
        );
        return Answered([.. header, .. MemoryMarshal.AsBytes<float>(row)], header.Length);
    }

    public static HttpResponseMessage Answered(byte[] body, int? header)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };
        answer.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        if (header is { } length)
        {
            answer.Headers.Add("Inference-Header-Content-Length", $"{length}");
        }

        return answer;
    }
}
