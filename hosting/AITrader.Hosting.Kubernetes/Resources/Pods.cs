namespace Aspire.Hosting.Kubernetes.Resources;

public sealed class PodSpecV1
{
    public string? ServiceAccountName { get; set; }

    public bool? AutomountServiceAccountToken { get; set; }

    public bool? EnableServiceLinks { get; set; }

    public string? RestartPolicy { get; set; }

    public string? RuntimeClassName { get; set; }

    public string? PriorityClassName { get; set; }

    public long? TerminationGracePeriodSeconds { get; set; }

    public Dictionary<string, string> NodeSelector { get; } = [];

    public List<TolerationV1> Tolerations { get; } = [];

    public PodSecurityContextV1? SecurityContext { get; set; }

    public List<LocalObjectReferenceV1> ImagePullSecrets { get; } = [];

    public List<ContainerV1> InitContainers { get; } = [];

    public List<ContainerV1> Containers { get; } = [];

    public List<VolumeV1> Volumes { get; } = [];
}

public sealed class ContainerV1
{
    public string Name { get; set; } = null!;

    public string Image { get; set; } = null!;

    public string ImagePullPolicy { get; set; } = null!;

    public List<string> Command { get; } = [];

    public List<string> Args { get; } = [];

    public List<EnvVarV1> Env { get; } = [];

    public List<EnvFromSourceV1> EnvFrom { get; } = [];

    public List<ContainerPortV1> Ports { get; } = [];

    public ProbeV1? StartupProbe { get; set; }

    public ProbeV1? ReadinessProbe { get; set; }

    public ProbeV1? LivenessProbe { get; set; }

    public ResourceRequirementsV1? Resources { get; set; }

    public SecurityContextV1? SecurityContext { get; set; }

    public List<VolumeMountV1> VolumeMounts { get; } = [];
}

public sealed class ContainerPortV1
{
    public string Name { get; set; } = null!;

    public Int32OrStringV1? ContainerPort { get; set; }

    public string Protocol { get; set; } = null!;
}

public sealed class EnvVarV1
{
    public string Name { get; set; } = null!;

    public string? Value { get; set; }
}

public sealed class EnvFromSourceV1
{
    public string? Prefix { get; set; }

    public ConfigMapEnvSourceV1? ConfigMapRef { get; set; }

    public SecretEnvSourceV1? SecretRef { get; set; }
}

public sealed class ConfigMapEnvSourceV1
{
    public string Name { get; set; } = null!;
}

public sealed class SecretEnvSourceV1
{
    public string Name { get; set; } = null!;
}

public sealed class LocalObjectReferenceV1
{
    public string Name { get; set; } = null!;
}

public sealed class ProbeV1
{
    public HttpGetActionV1? HttpGet { get; set; }

    public int? InitialDelaySeconds { get; set; }

    public int? PeriodSeconds { get; set; }

    public int? TimeoutSeconds { get; set; }

    public int? FailureThreshold { get; set; }

    public int? SuccessThreshold { get; set; }
}

public sealed class HttpGetActionV1
{
    public string Path { get; set; } = null!;

    public Int32OrStringV1? Port { get; set; }

    public string Scheme { get; set; } = null!;
}

public sealed class ResourceRequirementsV1
{
    public Dictionary<string, string> Requests { get; } = [];

    public Dictionary<string, string> Limits { get; } = [];
}

public sealed class TolerationV1
{
    public string Key { get; set; } = null!;

    public string Operator { get; set; } = null!;

    public string Value { get; set; } = null!;

    public string Effect { get; set; } = null!;
}

public sealed class PodSecurityContextV1
{
    public bool? RunAsNonRoot { get; set; }

    public long? RunAsUser { get; set; }

    public long? RunAsGroup { get; set; }

    public long? FsGroup { get; set; }

    public SeccompProfileV1? SeccompProfile { get; set; }
}

public sealed class SecurityContextV1
{
    public bool? AllowPrivilegeEscalation { get; set; }

    public bool? Privileged { get; set; }

    public bool? ReadOnlyRootFilesystem { get; set; }

    public bool? RunAsNonRoot { get; set; }

    public long? RunAsUser { get; set; }

    public long? RunAsGroup { get; set; }

    public CapabilitiesV1? Capabilities { get; set; }

    public SeccompProfileV1? SeccompProfile { get; set; }
}

public sealed class CapabilitiesV1
{
    public List<string> Add { get; } = [];

    public List<string> Drop { get; } = [];
}

public sealed class SeccompProfileV1
{
    public string Type { get; set; } = null!;

    public string LocalhostProfile { get; set; } = null!;
}

public sealed class VolumeV1
{
    public string Name { get; set; } = null!;

    public EmptyDirVolumeSourceV1? EmptyDir { get; set; }

    public HostPathVolumeSourceV1? HostPath { get; set; }

    public PersistentVolumeClaimVolumeSourceV1? PersistentVolumeClaim { get; set; }
}

public sealed class EmptyDirVolumeSourceV1
{
    public string? Medium { get; set; }

    public string? SizeLimit { get; set; }
}

public sealed class HostPathVolumeSourceV1
{
    public string Path { get; set; } = null!;

    public string? Type { get; set; }
}

public sealed class PersistentVolumeClaimVolumeSourceV1
{
    public string ClaimName { get; set; } = null!;
}

public sealed class VolumeMountV1
{
    public string Name { get; set; } = null!;

    public string MountPath { get; set; } = null!;

    public bool? ReadOnly { get; set; }
}
