namespace Aspire.Hosting.Kubernetes.Resources;

public sealed class Deployment() : Workload("apps/v1", "Deployment")
{
    public DeploymentSpecV1 Spec { get; set; } = new();

    public override PodTemplateSpecV1 PodTemplate => Spec.Template;
}

public sealed class DeploymentSpecV1
{
    public int? Replicas { get; set; }

    public LabelSelectorV1 Selector { get; set; } = new();

    public DeploymentStrategyV1 Strategy { get; set; } = new();

    public PodTemplateSpecV1 Template { get; set; } = new();
}

public sealed class DeploymentStrategyV1
{
    public string Type { get; set; } = "RollingUpdate";

    public RollingUpdateDeploymentV1 RollingUpdate { get; set; } = new();
}

public sealed class RollingUpdateDeploymentV1
{
    public int MaxSurge { get; set; }

    public int MaxUnavailable { get; set; }
}

public sealed class StatefulSet() : Workload("apps/v1", "StatefulSet")
{
    public StatefulSetSpecV1 Spec { get; set; } = new();

    public override PodTemplateSpecV1 PodTemplate => Spec.Template;
}

public sealed class StatefulSetSpecV1
{
    public string ServiceName { get; set; } = null!;

    public int? Replicas { get; set; }

    public LabelSelectorV1 Selector { get; set; } = new();

    public PodTemplateSpecV1 Template { get; set; } = new();
}

public sealed class PodTemplateSpecV1
{
    public ObjectMetaV1 Metadata { get; set; } = new();

    public PodSpecV1 Spec { get; set; } = new();
}

public sealed class HorizontalPodAutoscalerV2() : BaseKubernetesResource("autoscaling/v2", "HorizontalPodAutoscaler")
{
    public HorizontalPodAutoscalerSpecV2 Spec { get; set; } = new();
}

public sealed class HorizontalPodAutoscalerSpecV2
{
    public CrossVersionObjectReferenceV2 ScaleTargetRef { get; set; } = null!;

    public int? MinReplicas { get; set; }

    public int MaxReplicas { get; set; }

    public List<MetricSpecV2> Metrics { get; } = [];
}

public sealed class CrossVersionObjectReferenceV2 : BaseKubernetesResource
{
    public CrossVersionObjectReferenceV2()
        : base("autoscaling/v2", "CrossVersionObjectReference") => Metadata = null!;

    public string Name { get; set; } = null!;
}

public sealed class MetricSpecV2
{
    public string Type { get; set; } = null!;

    public ResourceMetricSourceV2 Resource { get; set; } = null!;
}

public sealed class ResourceMetricSourceV2
{
    public string Name { get; set; } = null!;

    public MetricTargetV2 Target { get; set; } = null!;
}

public sealed class MetricTargetV2
{
    public string Type { get; set; } = null!;

    public int? AverageUtilization { get; set; }

    public string AverageValue { get; set; } = null!;
}
