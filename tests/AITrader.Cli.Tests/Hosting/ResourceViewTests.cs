using AITrader.Cli.Hosting;
using AITrader.Cli.Hosting.Wire;
using Google.Protobuf.WellKnownTypes;

namespace AITrader.Cli.Tests.Hosting;

public sealed class ResourceViewTests
{
    [Theory]
    [InlineData("Running", 0, "Healthy")]
    [InlineData("Running", 1, "Unhealthy")]
    [InlineData("Running", 2, "Unhealthy")]
    [InlineData("Running", null, "Starting")]
    [InlineData("Starting", null, "Starting")]
    [InlineData("Waiting", null, "Starting")]
    [InlineData("NotStarted", null, "Waiting")]
    [InlineData("FailedToStart", null, "Down")]
    [InlineData("Exited", null, "Down")]
    public void State_and_checks_make_a_condition(string state, int? health, string expected)
    {
        var report = new HealthReport { Key = "check", Description = "a reason" };
        if (health is { } status)
        {
            report.Status = (HealthStatus)status;
        }

        var resource = new Resource
        {
            Name = "worker-x",
            DisplayName = "worker",
            State = state,
            HealthReports = { report },
        };

        Assert.Equal(expected, ResourceView.From(resource).Condition.ToString());
    }

    [Theory]
    [InlineData(0, "Healthy", "")]
    [InlineData(3, "Down", "finished, exit code 3")]
    public void What_has_one_task_is_judged_by_its_exit_code(int code, string condition, string problem)
    {
        var view = ResourceView.From(With(new Resource { State = "Finished" }, ("resource.exitCode", Value.ForNumber(code))));

        Assert.Equal((condition, problem), (view.Condition.ToString(), view.Problem));
    }

    [Fact]
    public void A_service_that_somebody_stopped_is_not_done()
    {
        var view = ResourceView.From(
            With(
                new Resource { State = "Finished", HealthReports = { new HealthReport { Key = "ready" } } },
                ("resource.exitCode", Value.ForNumber(0))
            )
        );

        Assert.Equal(("Down", "finished, exit code 0"), (view.Condition.ToString(), view.Problem));
    }

    [Fact]
    public void Restarts_and_being_left_down_come_from_the_supervisor()
    {
        var view = ResourceView.From(
            With(
                new Resource { State = "Finished" },
                ("executable.pid", Value.ForNumber(42)),
                ("resource.exitCode", Value.ForNumber(137)),
                ("aitrader.restarts", Value.ForString("4")),
                ("aitrader.left_down", Value.ForString("Finished, exit code 137"))
            )
        );

        Assert.Equal((42, 4, true), (view.Pid, view.Restarts, view.IsLeftDown));
        Assert.Equal("left down after too many crashes: Finished, exit code 137", view.Problem);
    }

    [Fact]
    public void Reasons_are_told_and_inner_addresses_are_not()
    {
        var resource = new Resource
        {
            State = "Running",
            HealthReports =
            {
                new HealthReport
                {
                    Status = HealthStatus.Unhealthy,
                    Key = "ready",
                    Description = "the bus is away",
                },
            },
            Urls =
            {
                new Url { FullUrl = "tcp://localhost:8011" },
                new Url { FullUrl = "http://localhost:8000" },
                new Url { FullUrl = "http://inner", IsInternal = true },
                new Url { FullUrl = "tcp://localhost:1", IsInactive = true },
            },
        };

        var view = ResourceView.From(resource);

        Assert.Equal("the bus is away", view.Problem);
        Assert.Equal([new Uri("http://localhost:8000"), new Uri("tcp://localhost:8011")], view.Urls);
    }

    [Fact]
    public void Parameters_and_hidden_resources_are_not_shown()
    {
        Resource[] resources =
        [
            new() { DisplayName = "b", State = "Running" },
            new() { ResourceType = "Parameter", State = "Running" },
            new() { IsHidden = true, State = "Running" },
            new() { DisplayName = "a", State = "Running" },
        ];

        Assert.Equal(["a", "b"], ResourceService.Shown(resources).Select(static view => view.Name));
    }

    internal static Resource With(Resource resource, params (string Name, Value Value)[] properties)
    {
        resource.Properties.AddRange(
            properties.Select(static property => new ResourceProperty { Name = property.Name, Value = property.Value })
        );
        return resource;
    }
}
