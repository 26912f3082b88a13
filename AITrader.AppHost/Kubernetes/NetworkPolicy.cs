using AITrader.AppHost.Naming;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace AITrader.AppHost.Kubernetes;

/// <summary>Who may connect to a pod. Aspire's object model has no such type.</summary>
internal sealed class NetworkPolicy() : BaseKubernetesResource("networking.k8s.io/v1", "NetworkPolicy")
{
    private const string InstanceLabel = "app.kubernetes.io/instance";

    // What architecture.md calls reachable from outside.
    private static readonly string[] Public = [ResourceNames.Backend, ResourceNames.BackendAlt, ResourceNames.Frontend];

    public NetworkPolicySpec Spec { get; set; } = new();

    /// <summary>Only pods of the same release may connect, but for the resources that face the outside.</summary>
    public static NetworkPolicy For(KubernetesResource resource)
    {
        var name = Pods.ContainerOf(resource).Name;
        var labels = resource.Workload!.PodTemplate.Metadata.Labels;
        var rule = new NetworkPolicyIngressRule();
        if (!Public.Contains(name))
        {
            rule.From.Add(new NetworkPolicyPeer { PodSelector = new LabelSelectorV1(new() { [InstanceLabel] = labels[InstanceLabel] }) });
        }

        return new NetworkPolicy
        {
            Metadata = { Name = $"{name}-network-policy" },
            Spec = { PodSelector = new LabelSelectorV1(new(labels)), Ingress = { rule } },
        };
    }
}

internal sealed class NetworkPolicySpec
{
    public LabelSelectorV1 PodSelector { get; set; } = new();

    public List<string> PolicyTypes { get; } = ["Ingress"];

    public List<NetworkPolicyIngressRule> Ingress { get; } = [];
}

internal sealed class NetworkPolicyIngressRule
{
    public List<NetworkPolicyPeer> From { get; } = [];
}

internal sealed class NetworkPolicyPeer
{
    public LabelSelectorV1? PodSelector { get; set; }
}
