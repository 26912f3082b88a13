using k8s;
using k8s.Models;

namespace AITrader.AppHost.Tests.Charts;

/// <summary>Something that makes pods.</summary>
internal sealed record Workload(IKubernetesObject<V1ObjectMeta> Manifest, V1LabelSelector? Selector, V1PodTemplateSpec Template)
{
    public string Name => Manifest.Metadata.Name;

    public string Component => Labels["app.kubernetes.io/component"];

    public IDictionary<string, string> Labels => Template.Metadata.Labels;

    public V1PodSpec Pod => Template.Spec;

    public V1Container Container => Pod.Containers.Single();

    public V1DeploymentStrategy? Strategy => (Manifest as V1Deployment)?.Spec.Strategy;
}

/// <summary>The manifests of a chart, by kind; what could not be read stands in <see cref="Unreadable"/>.</summary>
internal sealed class Manifests
{
    private readonly List<IKubernetesObject<V1ObjectMeta>> _all = [];
    private readonly List<string> _unreadable = [];

    public IReadOnlyList<string> Unreadable => _unreadable;

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> All => _all;

    public IReadOnlyList<Workload> Workloads =>
        [
            .. Of<V1Deployment>().Select(static set => new Workload(set, set.Spec.Selector, set.Spec.Template)),
            .. Of<V1StatefulSet>().Select(static set => new Workload(set, set.Spec.Selector, set.Spec.Template)),
            .. Of<V1Job>().Select(static job => new Workload(job, job.Spec.Selector, job.Spec.Template)),
        ];

    public static Manifests Read(IEnumerable<RenderedTemplate> templates)
    {
        var manifests = new Manifests();
        foreach (var (file, text) in templates)
        {
            try
            {
                manifests._all.Add(StrictYaml.Read(text));
            }
            catch (FormatException refusal)
            {
                manifests._unreadable.Add($"{file}: {refusal.Message}");
            }
        }

        return manifests;
    }

    public IEnumerable<T> Of<T>()
        where T : IKubernetesObject<V1ObjectMeta> => _all.OfType<T>();

    public T? Find<T>(string? name)
        where T : class, IKubernetesObject<V1ObjectMeta> => Of<T>().FirstOrDefault(manifest => manifest.Metadata.Name == name);

    public Workload WorkloadOf(string component) => Workloads.Single(workload => workload.Component == component);

    public IReadOnlyList<Workload> Selected(IDictionary<string, string>? labels) =>
        [
            .. Workloads.Where(workload =>
                labels is { Count: > 0 }
                && labels.All(label => workload.Labels.TryGetValue(label.Key, out var value) && value == label.Value)
            ),
        ];
}
