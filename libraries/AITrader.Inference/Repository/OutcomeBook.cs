using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using AITrader.Inference.Execution;
using AITrader.Inference.Tensors;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Repository;

/// <summary>What became of a reported outcome.</summary>
/// <param name="Version">The version whose forecast it was; null where it was not scored.</param>
/// <param name="Error">Mean absolute error over the reported steps.</param>
/// <param name="IsDirectionRight">Whether it moved the way that was forecast, up to the last reported step; null where nothing moved, or
/// the start was not reported.</param>
/// <param name="Refusal">Why it was not scored.</param>
internal readonly record struct OutcomeScore(string? Version, double Error, bool? IsDirectionRight, string? Refusal)
{
    public static OutcomeScore Refused(string why) => new(null, 0, null, why);
}

/// <summary>Remembers the last forecasts by the id of their request, and scores them when what came true is reported.</summary>
/// <remarks>Safe from any thread. Bounded: the oldest forecast is forgotten for a new one.</remarks>
internal sealed class OutcomeBook(IOptions<InferenceOptions> options, InferenceMetrics metrics)
{
    // Longer horizons are scored by their first steps.
    private const int StepsKept = 256;
    private const int MaxIdLength = 128;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Model, string Id), Kept> _kept = [];
    private readonly Queue<((string Model, string Id) Key, Kept Kept)> _order = [];

    /// <summary>Remembers the first output of decimal numbers; a request without an id is not remembered.</summary>
    public void Remember(ModelVersion version, string? id, Tensor[] outputs)
    {
        if (options.Value.OutcomesKept == 0 || id is not { Length: > 0 and <= MaxIdLength } || StepsOf(outputs) is not { } steps)
        {
            return;
        }

        var kept = new Kept(version, steps);
        var key = (version.Identity.Name, id);
        lock (_gate)
        {
            _kept[key] = kept;
            _order.Enqueue((key, kept));
            while (_order.Count > options.Value.OutcomesKept && _order.TryDequeue(out var oldest))
            {
                // A forecast that was scored, or asked for again by the same id, has left its place here.
                if (_kept.TryGetValue(oldest.Key, out var current) && ReferenceEquals(current, oldest.Kept))
                {
                    _kept.Remove(oldest.Key);
                }
            }
        }
    }

    /// <summary>Scores a forecast, once, for the version that made it.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="id">Id of the request that asked for the forecast.</param>
    /// <param name="realised">What came true, nearest first; as many steps as have passed.</param>
    /// <param name="start">What the forecast began from, such as the last price that it was made of; null where that is not known.</param>
    public OutcomeScore Score(string model, string id, IReadOnlyList<double> realised, double? start)
    {
        if (realised.Count == 0 || realised.Any(static value => !double.IsFinite(value)))
        {
            return OutcomeScore.Refused("values must be one finite number at least");
        }

        lock (_gate)
        {
            if (!_kept.TryGetValue((model, id), out var kept))
            {
                return OutcomeScore.Refused("no forecast of this id is remembered, or it was scored already");
            }

            if (realised.Count > kept.Steps.Length)
            {
                return OutcomeScore.Refused($"{realised.Count} values are more than the forecast's {kept.Steps.Length} steps");
            }

            _kept.Remove((model, id));
            var (absolute, relative) = Errors(kept.Steps, realised);
            var isRight = IsDirectionRight(kept.Steps[realised.Count - 1], realised[^1], start);
            kept.Version.Outcomes.Add(absolute, relative, isRight);
            metrics.Scored(kept.Version, relative, isRight);
            return new OutcomeScore(kept.Version.Identity.VersionText, absolute, isRight, null);
        }
    }

    // In single precision, as models see it: a price that did not move must not seem to have moved by its rounding.
    private static bool? IsDirectionRight(float forecast, double realised, double? start) =>
        start is { } from && (float)realised != (float)from
            ? Math.Sign(forecast - (float)from) == Math.Sign((float)realised - (float)from)
            : null;

    // Relative to what came true; steps at zero say nothing relative.
    private static (double Absolute, double? Relative) Errors(float[] forecast, IReadOnlyList<double> realised)
    {
        var (absolute, relative, steps) = (0.0, 0.0, 0);
        for (var i = 0; i < realised.Count; i++)
        {
            var error = Math.Abs(forecast[i] - realised[i]);
            absolute += error;
            if (realised[i] != 0)
            {
                relative += error / Math.Abs(realised[i]);
                steps++;
            }
        }

        return (absolute / realised.Count, steps == 0 ? null : relative / steps);
    }

    [SuppressMessage("Style", "IDE0305", Justification = "A span has no other way into an array of another type.")]
    private static float[]? StepsOf(Tensor[] outputs)
    {
        var output = Array.Find(outputs, static output => output.Type is TensorType.Fp32 or TensorType.Fp64);
        if (output is null)
        {
            return null;
        }

        return output.Type == TensorType.Fp32
            ? First(MemoryMarshal.Cast<byte, float>(output.Raw)).ToArray()
            : Array.ConvertAll(First(MemoryMarshal.Cast<byte, double>(output.Raw)).ToArray(), static value => (float)value);
    }

    private static ReadOnlySpan<T> First<T>(ReadOnlySpan<T> values) => values[..Math.Min(values.Length, StepsKept)];

    // The version's sessions may be closed by then; its statistics are what is needed.
    private sealed record Kept(ModelVersion Version, float[] Steps);
}

/// <summary>How far the forecasts of one version lay from what came true. Safe from any thread.</summary>
internal sealed class OutcomeStatistics
{
    private readonly Lock _gate = new();
    private long _count;
    private double _absolute;
    private long _relatives;
    private double _relative;
    private long _moves;
    private long _hits;

    public void Add(double absolute, double? relative, bool? isDirectionRight)
    {
        lock (_gate)
        {
            _count++;
            _moves += isDirectionRight is null ? 0 : 1;
            _hits += isDirectionRight is true ? 1 : 0;
            _absolute += absolute;
            _relatives += relative is null ? 0 : 1;
            _relative += relative ?? 0;
        }
    }

    /// <summary>What has been counted so far.</summary>
    public OutcomeTotals Read()
    {
        lock (_gate)
        {
            return new OutcomeTotals(
                _count,
                _count == 0 ? null : _absolute / _count,
                _relatives == 0 ? null : _relative / _relatives,
                _moves,
                _hits
            );
        }
    }
}

/// <summary>How far the forecasts of one version lay from what came true.</summary>
/// <param name="Count">Scored forecasts.</param>
/// <param name="MeanAbsolute">Mean of their errors; null where there is none.</param>
/// <param name="MeanRelative">The same, relative to what came true.</param>
/// <param name="Moves">Those after which there was a move whose direction can be judged.</param>
/// <param name="Hits">Those of them whose direction was right.</param>
internal readonly record struct OutcomeTotals(long Count, double? MeanAbsolute, double? MeanRelative, long Moves, long Hits)
{
    /// <summary>Share of the moves whose direction was right; null where nothing moved.</summary>
    public double? HitRate => Moves == 0 ? null : (double)Hits / Moves;
}
