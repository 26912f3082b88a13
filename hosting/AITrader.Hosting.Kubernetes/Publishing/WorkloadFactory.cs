using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Resources;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Makes a resource's workload, service, settings and secrets, laid out as Aspire's own publisher does.</summary>
internal sealed class WorkloadFactory(KubernetesEnvironmentResource environment, DistributedApplicationExecutionContext execution)
{
    public async Task<KubernetesResource> CreateAsync(IResource target, CancellationToken cancellationToken)
    {
        var resource = new KubernetesResource(target.Name, target, environment);
        var labels = Labels(target);
        var values = new PublishedValues(resource, execution);
        var (config, secrets) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        await values.AddEnvironmentAsync(config, secrets, cancellationToken);
        resource.ConfigMap =
            config.Count == 0 ? null : Fill(new ConfigMap { Metadata = Meta(target, "config", labels) }, m => m.Data, config);
        resource.Secret =
            secrets.Count == 0 ? null : Fill(new Secret { Metadata = Meta(target, "secrets", labels) }, s => s.StringData, secrets);
        var image = await PublishedImage.OfAsync(resource, cancellationToken);
        var container = Container(resource, image, await values.ArgumentsAsync(cancellationToken));
        resource.Workload = Workload(
            target,
            labels,
            new PodTemplateSpecV1
            {
                Metadata = new ObjectMetaV1 { Labels = new(labels) },
                Spec = Pod(resource, container),
            }
        );
        resource.Service = Service(target, labels);
        return resource;
    }

    public static Dictionary<string, string> Labels(IResource target) =>
        new()
        {
            ["app.kubernetes.io/name"] = "{{ .Chart.Name }}",
            ["app.kubernetes.io/component"] = target.Name,
            ["app.kubernetes.io/instance"] = "{{ .Release.Name }}",
        };

    private static ObjectMetaV1 Meta(IResource target, string kind, Dictionary<string, string> labels) =>
        new() { Name = $"{target.Name}-{kind}", Labels = new(labels) };

    private static T Fill<T>(T item, Func<T, Dictionary<string, string>> data, Dictionary<string, string> values)
    {
        foreach (var (key, value) in values.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            data(item)[key] = value;
        }

        return item;
    }

    private static Workload Workload(IResource target, Dictionary<string, string> labels, PodTemplateSpecV1 template) =>
        target is IResourceWithConnectionString
            ? new StatefulSet
            {
                Metadata = Meta(target, "statefulset", labels),
                Spec = new StatefulSetSpecV1
                {
                    Replicas = target.GetReplicaCount(),
                    Selector = new LabelSelectorV1(new(labels)),
                    Template = template,
                },
            }
            : new Deployment
            {
                Metadata = Meta(target, "deployment", labels),
                Spec = new DeploymentSpecV1
                {
                    Replicas = target.GetReplicaCount(),
                    Selector = new LabelSelectorV1(new(labels)),
                    Template = template,
                    Strategy = new DeploymentStrategyV1
                    {
                        Type = "RollingUpdate",
                        RollingUpdate = new RollingUpdateDeploymentV1 { MaxSurge = 1, MaxUnavailable = 1 },
                    },
                },
            };

    private static Service? Service(IResource target, Dictionary<string, string> labels)
    {
        var endpoints = PublishedEndpoint.Of(target);
        if (endpoints.Count == 0)
        {
            return null;
        }

        var service = new Service
        {
            Metadata = Meta(target, "service", labels),
            Spec = new ServiceSpecV1 { Type = "ClusterIP", Selector = new(labels) },
        };
        service.Spec.Ports.AddRange(
            endpoints.Select(e => new ServicePortV1
            {
                Name = e.Name,
                Protocol = "TCP",
                Port = e.ServicePort,
                TargetPort = e.ContainerPort,
            })
        );
        return service;
    }

    private ContainerV1 Container(KubernetesResource resource, string image, IReadOnlyList<string> arguments)
    {
        var target = resource.Target;
        var container = new ContainerV1
        {
            Name = target.Name,
            Image = image,
            ImagePullPolicy = environment.DefaultImagePullPolicy,
        };
        if (target is ContainerResource { Entrypoint: { } entrypoint })
        {
            container.Command.Add(entrypoint);
        }

        container.Args.AddRange(arguments);
        if (resource.ConfigMap is { } config)
        {
            container.EnvFrom.Add(new EnvFromSourceV1 { ConfigMapRef = new() { Name = config.Metadata.Name } });
        }

        if (resource.Secret is { } secret)
        {
            container.EnvFrom.Add(new EnvFromSourceV1 { SecretRef = new() { Name = secret.Metadata.Name } });
        }

        container.Ports.AddRange(
            PublishedEndpoint
                .Of(target)
                .Select(e => new ContainerPortV1
                {
                    Name = e.Name,
                    ContainerPort = e.ContainerPort,
                    Protocol = "TCP",
                })
        );
        AddProbes(container, target);
        return container;
    }

    private static void AddProbes(ContainerV1 container, IResource target)
    {
        foreach (var annotation in target.Annotations.OfType<EndpointProbeAnnotation>())
        {
            var endpoint = PublishedEndpoint.Of(annotation.EndpointReference);
            var probe = new ProbeV1
            {
                HttpGet = new HttpGetActionV1
                {
                    Path = annotation.Path,
                    Port = endpoint.ContainerPort,
                    Scheme = endpoint.Scheme,
                },
                InitialDelaySeconds = annotation.InitialDelaySeconds,
                PeriodSeconds = annotation.PeriodSeconds,
                TimeoutSeconds = annotation.TimeoutSeconds,
                FailureThreshold = annotation.FailureThreshold,
                SuccessThreshold = annotation.SuccessThreshold,
            };
            _ = annotation.Type switch
            {
                ProbeType.Startup => container.StartupProbe = probe,
                ProbeType.Readiness => container.ReadinessProbe = probe,
                _ => container.LivenessProbe = probe,
            };
        }
    }

    private PodSpecV1 Pod(KubernetesResource resource, ContainerV1 container)
    {
        var pod = new PodSpecV1 { Containers = { container } };
        foreach (var mount in resource.Target.Annotations.OfType<ContainerMountAnnotation>())
        {
            if (mount.Type == ContainerMountType.BindMount)
            {
                throw new DistributedApplicationException($"'{resource.Name}': bind mounts are not supported by the Kubernetes publisher.");
            }

            var name = mount.Source ?? throw new DistributedApplicationException($"'{resource.Name}': a published volume needs a name.");
            container.VolumeMounts.Add(
                new VolumeMountV1
                {
                    Name = name,
                    MountPath = mount.Target,
                    ReadOnly = mount.IsReadOnly ? true : null,
                }
            );
            pod.Volumes.Add(Volume(resource, name));
        }

        return pod;
    }

    private VolumeV1 Volume(KubernetesResource resource, string name)
    {
        switch (environment.DefaultStorageType.ToLowerInvariant())
        {
            case "emptydir":
                return new VolumeV1 { Name = name, EmptyDir = new EmptyDirVolumeSourceV1() };
            case "pvc":
                var claim = new PersistentVolumeClaim
                {
                    Metadata = Meta(resource.Target, $"{name}-pvc", Labels(resource.Target)),
                    Spec = new PersistentVolumeClaimSpecV1
                    {
                        StorageClassName = environment.DefaultStorageClassName!,
                        AccessModes = { environment.DefaultStorageReadWritePolicy },
                        Resources = { Requests = { ["storage"] = environment.DefaultStorageSize } },
                    },
                };
                resource.Claims.Add(claim);
                return new VolumeV1
                {
                    Name = name,
                    PersistentVolumeClaim = new() { ClaimName = claim.Metadata.Name },
                };
            default:
                throw new DistributedApplicationException($"Unsupported storage type: {environment.DefaultStorageType}");
        }
    }
}
