using Microsoft.Extensions.Options;

namespace AITrader.Inference.Client;

/// <summary>Settings of the forecast client: the runners, and how they are raced.</summary>
public sealed class ForecastClientOptions
{
    /// <summary>Where configuration holds them.</summary>
    public const string Section = "Forecast";

    /// <summary>First group; <c>http://tensorrt-runner</c>. Empty: only the other one is asked.</summary>
    public string GpuRunner { get; set; } = "http://tensorrt-runner";

    /// <summary>Second group; <c>http://onnx-runner</c>. Empty: only the other one is asked.</summary>
    public string CpuRunner { get; set; } = "http://onnx-runner";

    /// <summary>
    /// When the second runner is asked: 0 (default) at once, a positive time only if the first has not answered by
    /// then, infinite (<c>-00:00:00.001</c>) only if the first has failed.
    /// </summary>
    public TimeSpan Delay { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// Whether the second runner is asked at the running 95th percentile of what the first one takes; false. It saves most of the second
    /// requests. <see cref="Delay"/> holds until 20 answers are there.
    /// </summary>
    public bool AdaptiveDelay { get; set; }

    /// <summary>Shortest adaptive delay; 1 ms. The longest is half of <see cref="Deadline"/>.</summary>
    public TimeSpan MinDelay { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Limit of a live call, over both runners; 60 ms.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMilliseconds(60);

    /// <summary>Limit of one attempt at one runner; 5 s. It frees a replay from a runner that hangs.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>First pause of a replay after a round without an answer; 50 ms, doubled up to <see cref="MaxPause"/>.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest pause of a replay between two rounds; 1 s.</summary>
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Of how many races one lets both runners finish, to measure how their answers differ; 100. 0: none.</summary>
    public int SampleEvery { get; set; } = 100;

    /// <summary>Calls of a runner within the sampling time from which on it may be left alone; 5. Signals are rare.</summary>
    public int BreakerCalls { get; set; } = 5;

    /// <summary>Share of them that fail from which on it is left alone; 0.5.</summary>
    public double BreakerRatio { get; set; } = 0.5;

    /// <summary>Time in which these calls count together; 10 s, and twice <see cref="AttemptTimeout"/> at least.</summary>
    public TimeSpan BreakerSampling { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it is left alone before one call tries it; 1 s.</summary>
    public TimeSpan BreakerRest { get; set; } = TimeSpan.FromSeconds(1);
}

internal sealed class ForecastClientOptionsValidator : IValidateOptions<ForecastClientOptions>
{
    public ValidateOptionsResult Validate(string? name, ForecastClientOptions options)
    {
        var findings = new ValidateOptionsResultBuilder();
        CheckRunner(findings, nameof(options.GpuRunner), options.GpuRunner);
        CheckRunner(findings, nameof(options.CpuRunner), options.CpuRunner);
        if (options.GpuRunner.Length == 0 && options.CpuRunner.Length == 0)
        {
            findings.AddError("One runner at least is needed.", nameof(options.CpuRunner));
        }

        if (options.Delay < TimeSpan.Zero && options.Delay != Timeout.InfiniteTimeSpan)
        {
            findings.AddError("Must be zero, positive or infinite (-00:00:00.001).", nameof(options.Delay));
        }

        if (options.SampleEvery < 0)
        {
            findings.AddError("Must not be negative.", nameof(options.SampleEvery));
        }

        CheckBreaker(findings, options);
        CheckPositive(findings, nameof(options.MinDelay), options.MinDelay);
        CheckPositive(findings, nameof(options.Deadline), options.Deadline);
        CheckPositive(findings, nameof(options.AttemptTimeout), options.AttemptTimeout);
        CheckPositive(findings, nameof(options.FirstPause), options.FirstPause);
        CheckPositive(findings, nameof(options.MaxPause), options.MaxPause);
        return findings.Build();
    }

    private static void CheckRunner(ValidateOptionsResultBuilder findings, string member, string value)
    {
        if (
            value.Length > 0
            && (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || !uri.Scheme.StartsWith("http", StringComparison.Ordinal))
        )
        {
            findings.AddError($"'{value}' is not an http address.", member);
        }
    }

    private static void CheckBreaker(ValidateOptionsResultBuilder findings, ForecastClientOptions options)
    {
        if (options.BreakerCalls < 2)
        {
            findings.AddError("Must be 2 at least.", nameof(options.BreakerCalls));
        }

        if (options.BreakerRatio is not (> 0 and <= 1))
        {
            findings.AddError("Must be above zero and at most 1.", nameof(options.BreakerRatio));
        }

        if (options.BreakerRest < TimeSpan.FromMilliseconds(500))
        {
            findings.AddError("Must be half a second at least.", nameof(options.BreakerRest));
        }

        CheckPositive(findings, nameof(options.BreakerSampling), options.BreakerSampling);
        CheckPositive(findings, nameof(options.BreakerRest), options.BreakerRest);
    }

    private static void CheckPositive(ValidateOptionsResultBuilder findings, string member, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromMinutes(5))
        {
            findings.AddError("Must be above zero and at most 5 minutes.", member);
        }
    }
}
