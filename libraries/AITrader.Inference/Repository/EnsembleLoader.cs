using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Repository;

/// <summary>Makes the one version of an ensemble from the members that are loaded.</summary>
internal sealed class EnsembleLoader(InferenceMetrics metrics, TimeProvider clock)
{
    private const int OnlyVersion = 1;

    /// <summary>The state of the members: a different text when one of them was loaded anew.</summary>
    public static string StampOf(ModelFolder folder, ModelRepository models)
    {
        try
        {
            var members = ModelConfiguration.Read(folder.ConfigurationPath).Ensemble?.Members ?? [];
            return string.Join('|', members.Select(member => StampOf(member, models)));
        }
        catch (ModelLoadException)
        {
            // Loading it says what is wrong.
            return string.Empty;
        }
    }

    /// <exception cref="ModelLoadException">A member is missing, or the members do not fit together.</exception>
    public ModelVersion Load(ModelFolder folder, ModelConfiguration configuration, ModelRepository models)
    {
        var ensemble = configuration.Ensemble!;
        if (configuration is { Batching: not null } or { ResponseCache: not null } or { Labels: not null } or { Traffic: not null })
        {
            throw new ModelLoadException("an ensemble has no batching, cache, labels or traffic of its own: its members have");
        }

        var found = ensemble.Members.Select(member => Find(member, models)).ToArray();
        var signature = found[0].Signature;
        foreach (var other in found.Skip(1))
        {
            Compare(found[0], other);
        }

        if (signature.Outputs.FirstOrDefault(static output => output.Type is not (TensorType.Fp32 or TensorType.Fp64)) is { } unfit)
        {
            throw new ModelLoadException($"output '{unfit.Name}' is {unfit.Type.NameOf()}: only FP32 and FP64 can be averaged");
        }

        return new ModelVersion(
            new ModelIdentity(folder.Name, OnlyVersion, folder.ConfigurationPath, folder.Stamp),
            new ProviderChoice(string.Join('+', found.Select(static member => member.Provider).Distinct()), [], []),
            signature,
            new EnsembleExecutor(folder.Name, ensemble.Members, signature, models, clock),
            cache: null,
            metrics,
            clock
        );
    }

    private static string StampOf(EnsembleMember member, ModelRepository models)
    {
        try
        {
            var identity = models.Find(member.Model, member.Version).Identity;
            return $"{identity.Name}/{identity.VersionText}:{identity.Stamp}";
        }
        catch (InferenceException missing)
        {
            return missing.Message;
        }
    }

    private static ModelVersion Find(EnsembleMember member, ModelRepository models)
    {
        try
        {
            return models.FindEntry(member.Model).Configuration.Ensemble is null
                ? models.Find(member.Model, member.Version)
                : throw new ModelLoadException($"member '{member.Model}' is an ensemble: members are models");
        }
        catch (InferenceException missing)
        {
            throw new ModelLoadException($"member '{member.Model}': {missing.Message}", missing);
        }
    }

    private static void Compare(ModelVersion one, ModelVersion other)
    {
        if (Text(one.Signature.Inputs) != Text(other.Signature.Inputs) || Text(one.Signature.Outputs) != Text(other.Signature.Outputs))
        {
            throw new ModelLoadException($"the members do not fit together: {Text(one)} and {Text(other)}");
        }
    }

    private static string Text(ModelVersion version) =>
        $"'{version.Identity.Name}' has {Text(version.Signature.Inputs)} -> {Text(version.Signature.Outputs)}";

    private static string Text(IReadOnlyList<TensorSpec> specs) =>
        string.Join(
            ", ",
            specs
                .OrderBy(static spec => spec.Name, StringComparer.Ordinal)
                .Select(static spec => $"{spec.Name} {spec.Type.NameOf()} {spec.ShapeText}")
        );
}
