using System.Diagnostics;
using OpenTelemetry.Trace;

namespace AITrader.ServiceDefaults.Telemetry;

/// <summary>Records what somebody asked for or a message led to. What a service does by itself (polling, blocked reads, background queries)
/// begins no trace.</summary>
/// <remarks>
/// A call that goes out without a cause is a loop's: its clients' spans would be thousands of traces of one span each. What is inside of a
/// trace follows
/// its parent; a probe's request is not recorded, and so nothing that its checks call.
/// </remarks>
/// <param name="roots">The fraction of the other traces to record.</param>
internal sealed class WorkSampler(Sampler roots) : Sampler
{
    private const string ParentBased = "parentbased_";

    /// <summary>The sampler of <c>OTEL_TRACES_SAMPLER</c> with its argument, by their names in the OpenTelemetry specification; everything
    /// where none is named.</summary>
    public static Sampler RootsOf(string? name, string? argument)
    {
        var root = name?.StartsWith(ParentBased, StringComparison.Ordinal) == true ? name[ParentBased.Length..] : name;
        return root switch
        {
            "always_off" => new AlwaysOffSampler(),
            "traceidratio" => new TraceIdRatioBasedSampler(Ratio(argument)),
            _ => new AlwaysOnSampler(),
        };
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        if (parent.TraceId != default)
        {
            return new SamplingResult(parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
        }

        return samplingParameters.Kind == ActivityKind.Client
            ? new SamplingResult(SamplingDecision.Drop)
            : roots.ShouldSample(samplingParameters);
    }

    private static double Ratio(string? text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1 ? ratio : 1;
}
