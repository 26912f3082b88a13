using System.Diagnostics;
using OpenTelemetry;

namespace AITrader.ServiceDefaults.Telemetry;

/// <summary>A call that its caller cancelled has not failed: the loser of a race would make every trace red, and those that did fail could
/// not be found.</summary>
/// <remarks>A call that timed out looks the same here; the code that set the timeout logs it.</remarks>
internal sealed class CancelledCalls : BaseProcessor<Activity>
{
    /// <summary>The tag that is set to true on the span of a cancelled call.</summary>
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
