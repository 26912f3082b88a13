using System.Text;
using System.Text.Json;

namespace AITrader.Inference.Client;

/// <summary>Reads why a runner refused.</summary>
internal static class RunnerError
{
    private const int MostQuoted = 200;

    /// <summary><c>{"error":"..."}</c> by the protocol; any other body is quoted, up to 200 bytes.</summary>
    public static string TextOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("error").GetString() ?? "no reason given";
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, MostQuoted)));
            return text.Length == 0 ? "no reason given" : text;
        }
    }
}
