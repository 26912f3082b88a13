using System.Globalization;
using System.Runtime.InteropServices;
using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Repository;

/// <summary>Runs the members of an ensemble side by side and averages their outputs by weight.</summary>
/// <remarks>Members are looked up for each request, so that their own reloads and labels hold here too. One that is missing or fails fails
/// the request: a mean of the others would be another model.</remarks>
internal sealed class EnsembleExecutor(
    string name,
    IReadOnlyList<EnsembleMember> members,
    ModelSignature signature,
    ModelRepository models,
    TimeProvider clock
) : IExecutor
{
    private readonly double _total = members.Sum(static member => member.Weight);
    private int _pending;

    public int Pending => Volatile.Read(ref _pending);

    public async ValueTask<CompletedRun> RunAsync(Tensor[] inputs, CallTerms terms, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _pending);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var runs = await Task.WhenAll(members.Select(member => Task.Run(() => RunAsync(member, inputs, terms, failed))));
            var joining = clock.GetTimestamp();
            var outputs = signature.Outputs.Select((spec, i) => Mean(spec, runs, i)).ToArray();
            return new CompletedRun(
                outputs,
                runs.Max(static run => run.Done.Queue),
                runs.Max(static run => run.Done.CopyIn),
                runs.Max(static run => run.Done.Compute),
                clock.GetElapsedTime(joining),
                BatchSize: 1
            )
            {
                Members = [.. runs.Select(Describe)],
            };
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<MemberRun> RunAsync(EnsembleMember member, Tensor[] inputs, CallTerms terms, CancellationTokenSource failed)
    {
        try
        {
            var version = models.Hold(member.Model, member.Version, terms.Symbol);
            try
            {
                return new MemberRun(version.Identity, member.Weight / _total, await version.InferAsync(inputs, terms, failed.Token));
            }
            finally
            {
                version.Release();
            }
        }
        catch (InferenceException refusal)
        {
            await failed.CancelAsync();
            throw refusal.Within($"ensemble '{name}': member '{member.Model}'");
        }
    }

    private Tensor Mean(TensorSpec spec, MemberRun[] runs, int output)
    {
        var shape = runs[0].Done.Outputs[IndexIn(runs[0], spec, output)].Shape;
        var parts = runs.Select(run => (run.Share, Tensor: run.Done.Outputs[IndexIn(run, spec, output)])).ToArray();
        if (parts.FirstOrDefault(part => !part.Tensor.Shape.AsSpan().SequenceEqual(shape)) is { Tensor: { } other })
        {
            throw InferenceException.Internal(
                $"ensemble '{name}': members answer '{spec.Name}' in shapes [{string.Join(", ", shape)}] and [{string.Join(", ", other.Shape)}]"
            );
        }

        var raw = spec.Type == TensorType.Fp32 ? Mean<float>(parts) : Mean<double>(parts);
        return Tensor.OfRaw(spec.Name, spec.Type, shape, raw);
    }

    // Members may declare the same outputs in another order.
    private static int IndexIn(MemberRun run, TensorSpec spec, int place) =>
        run.Done.Outputs[place].Name == spec.Name ? place : Array.FindIndex(run.Done.Outputs, candidate => candidate.Name == spec.Name);

    private static byte[] Mean<T>((double Share, Tensor Tensor)[] parts)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var raw = new byte[parts[0].Tensor.Raw.Length];
        var mean = MemoryMarshal.Cast<byte, T>(raw.AsSpan());
        for (var i = 0; i < mean.Length; i++)
        {
            var sum = 0.0;
            foreach (var (share, tensor) in parts)
            {
                sum += share * double.CreateChecked(MemoryMarshal.Cast<byte, T>(tensor.Raw)[i]);
            }

            mean[i] = T.CreateTruncating(sum);
        }

        return raw;
    }

    private static string Describe(MemberRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Identity.Name}/{run.Identity.VersionText} {run.Share:0.####}");

    private sealed record MemberRun(ModelIdentity Identity, double Share, CompletedRun Done);
}
