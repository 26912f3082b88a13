using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Turns values that only a running application has into text with Helm expressions. No secret is ever read.</summary>
internal sealed class PublishedValues(KubernetesResource resource, DistributedApplicationExecutionContext execution)
{
    private string Name => resource.Target.Name;

    public async Task AddEnvironmentAsync(
        Dictionary<string, string> config,
        Dictionary<string, string> secrets,
        CancellationToken cancellationToken
    )
    {
        var context = new EnvironmentCallbackContext(execution, resource.Target, cancellationToken: cancellationToken);
        AddProjectDefaults(context);
        foreach (var annotation in resource.Target.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context);
        }

        foreach (var (variable, value) in context.EnvironmentVariables)
        {
            var text = await TextAsync(value, cancellationToken);
            if (HelmValues.HasSecret(text))
            {
                secrets[variable] = text;
            }
            else
            {
                resource.Values.Config[HelmValues.KeyOf(variable)] = text;
                config[variable] = HelmValues.Expression("config", Name, variable);
            }
        }
    }

    public async Task<IReadOnlyList<string>> ArgumentsAsync(CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], resource.Target, cancellationToken) { ExecutionContext = execution };
        foreach (var annotation in resource.Target.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context);
        }

        var texts = new List<string>();
        foreach (var argument in context.Args)
        {
            texts.Add(await TextAsync(argument, cancellationToken));
        }

        return texts;
    }

    private static void AddProjectDefaults(EnvironmentCallbackContext context)
    {
        if (context.Resource.HasAnnotationOfType<OtlpExporterAnnotation>())
        {
            context.EnvironmentVariables["OTEL_SERVICE_NAME"] = context.Resource.Name;
            context.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        }

        if (context.Resource is not ProjectResource)
        {
            return;
        }

        var ports = PublishedEndpoint.Of(context.Resource).Where(e => e.Scheme == "http").Select(e => e.ContainerPort).ToList();
        if (ports.Count > 0)
        {
            context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            context.EnvironmentVariables["HTTP_PORTS"] = string.Join(';', ports);
        }
    }

    private async ValueTask<string> TextAsync(object? value, CancellationToken cancellationToken) =>
        value switch
        {
            null => string.Empty,
            string text => text,
            bool flag => flag ? "true" : "false",
            ParameterResource parameter => await ParameterAsync(parameter, cancellationToken),
            EndpointReference endpoint => PublishedEndpoint.Of(endpoint).Url,
            EndpointReferenceExpression property => Property(property),
            ConnectionStringReference reference => await TextAsync(reference.Resource.ConnectionStringExpression, cancellationToken),
            IResourceWithConnectionString connection => await TextAsync(connection.ConnectionStringExpression, cancellationToken),
            ReferenceExpression expression => await ExpressionAsync(expression, cancellationToken),
            IResourceBuilder<IResource> builder => await TextAsync(builder.Resource, cancellationToken),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new DistributedApplicationException(
                $"'{Name}' has a value of type {value.GetType().Name}, which cannot be published."
            ),
        };

    private async ValueTask<string> ExpressionAsync(ReferenceExpression expression, CancellationToken cancellationToken)
    {
        if (expression.IsConditional)
        {
            return await BranchAsync(expression, cancellationToken);
        }

        var texts = new object[expression.ValueProviders.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = await TextAsync(expression.ValueProviders[i], cancellationToken);
        }

        return string.Format(CultureInfo.InvariantCulture, expression.Format, texts);
    }

    // Chosen now, as the chart is written: TLS of an endpoint, say. What only the installation knows cannot choose.
    private async ValueTask<string> BranchAsync(ReferenceExpression conditional, CancellationToken cancellationToken)
    {
        var condition = await TextAsync(conditional.Condition, cancellationToken);
        if (HelmValues.IsExpression(condition))
        {
            throw new DistributedApplicationException(
                $"'{Name}' has a value that depends on a secret parameter, which cannot be published."
            );
        }

        var isMatch = string.Equals(condition, conditional.MatchValue, StringComparison.OrdinalIgnoreCase);
        return await TextAsync(isMatch ? conditional.WhenTrue : conditional.WhenFalse, cancellationToken);
    }

    private async ValueTask<string> ParameterAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        if (!parameter.Secret)
        {
            return await parameter.GetValueAsync(cancellationToken) ?? string.Empty;
        }

        resource.Values.Secrets.Add(HelmValues.KeyOf(parameter.Name));
        return HelmValues.Expression("secrets", Name, parameter.Name);
    }

    private static string Property(EndpointReferenceExpression expression)
    {
        var endpoint = PublishedEndpoint.Of(expression.Endpoint);
        return expression.Property switch
        {
            EndpointProperty.Url => endpoint.Url,
            EndpointProperty.Host or EndpointProperty.IPV4Host => endpoint.Host,
            EndpointProperty.Port => endpoint.ServicePort.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.TargetPort => endpoint.ContainerPort.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.Scheme => endpoint.Scheme,
            EndpointProperty.HostAndPort => $"{endpoint.Host}:{endpoint.ServicePort}",
            _ => bool.FalseString,
        };
    }
}
