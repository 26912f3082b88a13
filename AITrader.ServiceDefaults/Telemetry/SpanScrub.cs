using System.Diagnostics;
using AITrader.ServiceDefaults.Secrets;
using OpenTelemetry;

namespace AITrader.ServiceDefaults.Telemetry;

/// <summary>Takes secrets out of spans before they are exported: instrumentation writes down addresses with their queries, and
/// statements.</summary>
internal sealed class SpanScrub : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        // Setting a tag that is there replaces its value in place, which leaves the enumeration as it is.
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            if (tag.Value is string text && SecretScrub.Clean(tag.Key, text) is var clean && !ReferenceEquals(clean, text))
            {
                data.SetTag(tag.Key, clean);
            }
        }

        if (data.StatusDescription is { } description)
        {
            data.SetStatus(data.Status, SecretScrub.Clean(description));
        }
    }
}
