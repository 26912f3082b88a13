using System.Globalization;
using AITrader.ServiceDefaults.Logging;
using AITrader.ServiceDefaults.Secrets;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace AITrader.ServiceDefaults.Telemetry;

/// <summary>Takes secrets out of log records before they are exported, as <see cref="JsonLineFormatter"/> does for the console.</summary>
internal sealed class LogScrub : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        data.FormattedMessage = data.FormattedMessage is { } message ? SecretScrub.Clean(message) : null;
        data.Body = data.Body is { } body ? SecretScrub.Clean(body) : null;
        if (data.Attributes is { } attributes)
        {
            data.Attributes = [.. attributes.Select(static pair => KeyValuePair.Create(pair.Key, Clean(pair.Key, pair.Value)))];
        }

        if (data.Exception is { } failure && SecretScrub.Clean(failure.ToString()) is var stack && stack != failure.ToString())
        {
            // The exporter would read the exception itself; these are the attributes that it makes of one.
            data.Attributes =
            [
                .. data.Attributes ?? [],
                new("exception.type", failure.GetType().FullName),
                new("exception.message", SecretScrub.Clean(failure.Message)),
                new("exception.stacktrace", stack),
            ];
            data.Exception = null;
        }
    }

    // What the exporter writes as it is keeps its type; all else it would write as text.
    private static object? Clean(string name, object? value) =>
        value switch
        {
            string text => SecretScrub.Clean(name, text),
            string[] texts => Array.ConvertAll(texts, text => SecretScrub.Clean(name, text)),
            null or IConvertible or Array => value,
            _ => SecretScrub.Clean(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty),
        };
}
