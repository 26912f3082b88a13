using System.Globalization;
using AITrader.Cli.Hosting.Wire;
using Google.Protobuf.WellKnownTypes;

namespace AITrader.Cli.Hosting;

/// <summary>One resource, or one replica of it, as the host sees it.</summary>
internal sealed record ResourceView(
    string Id,
    string Name,
    string Type,
    string State,
    Condition Condition,
    string Problem,
    int? Pid,
    IReadOnlyList<Uri> Urls,
    int Restarts,
    bool IsLeftDown,
    IReadOnlyList<string> Commands
)
{
    private const string ParameterType = "Parameter";
    private const string ContainerType = "Container";
    private const string PidProperty = "executable.pid";
    private const string ExitCodeProperty = "resource.exitCode";
    private const string RestartsProperty = "aitrader.restarts";
    private const string LeftDownProperty = "aitrader.left_down";

    public bool IsContainer => Type == ContainerType;

    public static bool IsShown(Resource resource) => !resource.IsHidden && resource.ResourceType != ParameterType;

    public static ResourceView From(Resource resource)
    {
        var leftDown = Text(resource, LeftDownProperty);
        var exitCode = Number(resource, ExitCodeProperty);
        var condition = leftDown.Length > 0 ? Condition.Down : ConditionOf(resource, exitCode);
        return new ResourceView(
            resource.Name,
            resource.DisplayName,
            resource.ResourceType,
            resource.State,
            condition,
            ProblemOf(resource, condition, leftDown, exitCode),
            Number(resource, PidProperty),
            [.. UrlsOf(resource)],
            Number(resource, RestartsProperty) ?? 0,
            leftDown.Length > 0,
            [
                .. resource
                    .Commands.Where(static command => command.State == ResourceCommandState.Enabled)
                    .Select(static command => command.Name),
            ]
        );
    }

    public static string? SecretOf(Resource resource) => Text(resource, "Value") is { Length: > 0 } value ? value : null;

    private static Condition ConditionOf(Resource resource, int? exitCode) =>
        resource.State switch
        {
            "Running" when resource.HealthReports.All(static report => report.Status == HealthStatus.Healthy && report.HasStatus) =>
                Condition.Healthy,
            "Running" when resource.HealthReports.Any(static report => report.HasStatus && report.Status != HealthStatus.Healthy) =>
                Condition.Unhealthy,
            "Running" => Condition.Starting,
            "Active" => Condition.Healthy,
            // A resource with health checks is meant to run on, so that its end is a failure.
            "Finished" when (exitCode is null or 0) && resource.HealthReports.Count == 0 => Condition.Healthy,
            "NotStarted" => Condition.Waiting,
            "Finished" or "Exited" or "FailedToStart" or "RuntimeUnhealthy" => Condition.Down,
            _ => Condition.Starting,
        };

    private static string ProblemOf(Resource resource, Condition condition, string leftDown, int? exitCode)
    {
        if (leftDown.Length > 0)
        {
            return $"left down after too many crashes: {leftDown}";
        }

        return condition switch
        {
            Condition.Down => exitCode is { } code ? $"{Words(resource.State)}, exit code {code}" : Words(resource.State),
            Condition.Unhealthy => string.Join(
                "; ",
                resource.HealthReports.Where(static report => report.Status != HealthStatus.Healthy).Select(Describe)
            ),
            _ => string.Empty,
        };
    }

    private static string Describe(HealthReport report) =>
        report.Description is { Length: > 0 } description ? description
        : report.Exception is { Length: > 0 } exception ? exception.Split('\n')[0]
        : $"{report.Key} fails";

    private static string Words(string state) => state == "FailedToStart" ? "failed to start" : state.ToLowerInvariant();

    private static IEnumerable<Uri> UrlsOf(Resource resource) =>
        resource
            .Urls.Where(static url => !url.IsInternal && !url.IsInactive)
            .Select(static url => Uri.TryCreate(url.FullUrl, UriKind.Absolute, out var address) ? address : null)
            .OfType<Uri>()
            // What can be asked for its health comes first: runners have a port of gRPC beside it.
            .OrderBy(static url => !url.Scheme.StartsWith("http", StringComparison.Ordinal));

    private static string Text(Resource resource, string property) =>
        Find(resource, property) is { KindCase: Value.KindOneofCase.StringValue } value ? value.StringValue : string.Empty;

    private static int? Number(Resource resource, string property) =>
        Find(resource, property) switch
        {
            { KindCase: Value.KindOneofCase.NumberValue } value => (int)value.NumberValue,
            { KindCase: Value.KindOneofCase.StringValue } value
                when int.TryParse(value.StringValue, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };

    private static Value? Find(Resource resource, string property) =>
        resource.Properties.FirstOrDefault(found => found.Name == property)?.Value;
}
