using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Resources;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Writes a Helm chart: Chart.yaml, values.yaml and <c>templates/{resource}/*.yaml</c>.</summary>
internal sealed partial class ChartPublisher(KubernetesEnvironmentResource environment, DistributedApplicationExecutionContext execution)
{
    public async Task PublishAsync(DistributedApplicationModel model, string outputPath, CancellationToken cancellationToken)
    {
        var factory = new WorkloadFactory(environment, execution);
        var published = new List<KubernetesResource>();
        foreach (var target in model.Resources.Where(r => r is IComputeResource && !r.IsExcludedFromPublish()))
        {
            RequirePublishable(target);
            var resource = await factory.CreateAsync(target, cancellationToken);
            foreach (var customization in target.Annotations.OfType<KubernetesServiceCustomizationAnnotation>().ToList())
            {
                customization.Configure(resource);
            }

            published.Add(resource);
        }

        // Templates of an earlier run would be installed too.
        var templates = Path.Combine(outputPath, "templates");
        if (Directory.Exists(templates))
        {
            Directory.Delete(templates, recursive: true);
        }

        published.ForEach(r => WriteTemplates(templates, r));
        await File.WriteAllTextAsync(Path.Combine(outputPath, "Chart.yaml"), ChartYaml.Serialize(Chart()), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(outputPath, "values.yaml"), ChartYaml.Serialize(Values(published)), cancellationToken);
    }

    private static void RequirePublishable(IResource target)
    {
        if (target is not (ProjectResource or ContainerResource))
        {
            throw new DistributedApplicationException($"'{target.Name}' cannot be published: give it an image with PublishAsDockerFile.");
        }
    }

    private static void WriteTemplates(string templates, KubernetesResource resource)
    {
        var folder = Path.Combine(templates, resource.Name);
        Directory.CreateDirectory(folder);
        BaseKubernetesResource?[] items =
        [
            resource.Workload,
            resource.ConfigMap,
            resource.Secret,
            resource.Service,
            .. resource.Claims,
            .. resource.AdditionalResources,
        ];
        foreach (var item in items.OfType<BaseKubernetesResource>())
        {
            foreach (var (label, value) in WorkloadFactory.Labels(resource.Target))
            {
                item.Metadata.Labels.TryAdd(label, value);
            }

            File.WriteAllText(Path.Combine(folder, FileName(resource.Name, item.Metadata.Name)), $"---\n{ChartYaml.Serialize(item)}");
        }
    }

    // backend-deployment of backend is deployment.yaml; what Helm only knows at the installation is no part of it.
    private static string FileName(string resource, string name)
    {
        var fixedPart = Expression().Replace(name, string.Empty);
        var prefix = $"{resource}-";
        return $"{(fixedPart.StartsWith(prefix, StringComparison.Ordinal) ? fixedPart[prefix.Length..] : fixedPart)}.yaml";
    }

    private Dictionary<string, object> Chart() =>
        new()
        {
            ["apiVersion"] = "v2",
            ["name"] = environment.Helm.ChartName ?? environment.Name,
            ["version"] = environment.Helm.ChartVersion,
            ["appVersion"] = environment.Helm.ChartVersion,
            ["description"] = environment.Helm.Description,
            ["type"] = "application",
            ["kubeVersion"] = ">= 1.18.0-0",
            ["keywords"] = new[] { "aspire", "kubernetes" },
        };

    private static Dictionary<string, object> Values(IReadOnlyList<KubernetesResource> published) =>
        new()
        {
            ["parameters"] = Section(published, r => r.Values.Parameters),
            ["secrets"] = Section(published, r => r.Values.Secrets.ToDictionary(s => s, _ => string.Empty)),
            ["config"] = Section(published, r => r.Values.Config),
        };

    private static Dictionary<string, IDictionary<string, string>> Section(
        IReadOnlyList<KubernetesResource> published,
        Func<KubernetesResource, IDictionary<string, string>> values
    ) => published.Where(r => values(r).Count > 0).ToDictionary(r => HelmValues.KeyOf(r.Name), values);

    [GeneratedRegex(@"-?\{\{.*?\}\}")]
    private static partial Regex Expression();
}
