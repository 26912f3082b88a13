using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AITrader.ServiceDefaults.Correlation;
using AITrader.ServiceDefaults.Identity;
using AITrader.ServiceDefaults.Secrets;
using AITrader.ServiceDefaults.Startup;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AITrader.ServiceDefaults.Logging;

/// <summary>Writes each log event as one line of JSON.</summary>
/// <remarks>
/// The console calls a formatter on the thread that logs, so the current activity and correlation id are the event's own.
/// </remarks>
internal sealed class JsonLineFormatter(ServiceIdentity identity, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "aitrader-json";

    private const string OriginalFormat = "{OriginalFormat}";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (IsReportedElsewhere(logEntry.Category, logEntry.EventId, logEntry.LogLevel))
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            WriteHead(json, logEntry.LogLevel, logEntry.Category, logEntry.EventId);
            json.WriteString("message", SecretScrub.Clean(logEntry.Formatter(logEntry.State, logEntry.Exception)));
            WriteContext(json);
            WriteValues(json, logEntry.State as IEnumerable<KeyValuePair<string, object?>>);
            WriteException(json, logEntry.Exception);
            json.WriteEndObject();
        }

        textWriter.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        textWriter.Write('\n');
    }

    // The start-up failure that RunServiceAsync reports as one line on standard error.
    private static bool IsReportedElsewhere(string category, EventId id, LogLevel level) =>
        (category == "Microsoft.Extensions.Hosting.Internal.Host" && id.Id == 11)
        || (category == "Microsoft.AspNetCore.Server.Kestrel" && level == LogLevel.Critical);

    private void WriteHead(Utf8JsonWriter json, LogLevel level, string category, EventId id)
    {
        json.WriteString("time", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("level", NameOf(level));
        json.WriteString("service", identity.Resource);
        json.WriteString("category", category);
        if (id.Id != 0)
        {
            json.WriteNumber("event_id", id.Id);
        }

        if (id.Name is { Length: > 0 } name)
        {
            json.WriteString("event", name);
        }
    }

    private static void WriteContext(Utf8JsonWriter json)
    {
        if (Activity.Current is { } activity)
        {
            json.WriteString("trace_id", activity.TraceId.ToHexString());
            json.WriteString("span_id", activity.SpanId.ToHexString());
        }

        if (CorrelationId.Current is { } correlation)
        {
            json.WriteString("correlation_id", correlation);
        }
    }

    private static void WriteValues(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>>? values)
    {
        var isOpen = false;
        foreach (var (name, value) in values ?? [])
        {
            if (name == OriginalFormat)
            {
                continue;
            }

            if (!isOpen)
            {
                json.WriteStartObject("values");
                isOpen = true;
            }

            WriteValue(json, name, value);
        }

        if (isOpen)
        {
            json.WriteEndObject();
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case byte or short or int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
                json.WriteStringValue(SecretScrub.Clean(name, text));
                break;
        }
    }

    // A dead database needs no stack trace to be understood; a bug does.
    private static void WriteException(Utf8JsonWriter json, Exception? failure)
    {
        if (failure is null)
        {
            return;
        }

        json.WriteStartObject("exception");
        json.WriteString("type", failure.GetType().FullName);
        json.WriteString("message", SecretScrub.Clean(Outage.Describe(failure)));
        if (!Outage.Is(failure))
        {
            json.WriteString("stack", SecretScrub.Clean(failure.ToString()));
        }

        json.WriteEndObject();
    }

    private static string NameOf(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "information",
            LogLevel.Warning => "warning",
            LogLevel.Error => "error",
            _ => "critical",
        };
}
