using System.Diagnostics;
using OpenTelemetry;

namespace AITrader.ServiceDefaults.Telemetry;

/// <summary>A call that the caller called off has not failed: the loser of a race would make every trace red, and those that did fail could
/// not be found.</summary>
/// <remarks>What gave up because of a time limit looks the same here; whoever set the limit tells of it.</remarks>
internal sealed class CalledOffCalls : BaseProcessor<Activity>
{
    /// <summary>Set to true on the span.</summary>
    public const string Tag = "aitrader.called_off";

    private const string ErrorTag = "error.type";

    public override void OnEnd(Activity data)
    {
        if (
            data.Kind == ActivityKind.Client
            && data.GetTagItem(ErrorTag) is string error
            && (error == typeof(TaskCanceledException).FullName || error == typeof(OperationCanceledException).FullName)
        )
        {
            data.SetStatus(ActivityStatusCode.Unset);
            data.SetTag(ErrorTag, null).SetTag(Tag, true);
        }
    }
}
