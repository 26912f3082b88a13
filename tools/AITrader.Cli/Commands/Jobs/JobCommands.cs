using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Jobs;

/// <summary>The commands under <c>jobs</c>.</summary>
internal static class JobCommands
{
    public static void AddTo(IConfigurator commands) => commands.AddBranch("jobs", static jobs =>
        {
            jobs.SetDescription("Jobs of the worker, such as trainings: list, show, cancel.");
            jobs.SetDefaultCommand<JobListCommand>();
            jobs.AddCommand<JobListCommand>("list")
                .WithDescription("Jobs, newest first.")
                .WithExample("jobs")
                .WithExample("jobs", "list", "--type", "training", "--status", "running");
            jobs.AddCommand<JobShowCommand>("show")
                .WithDescription("How far a job is, and what came of it.")
                .WithExample("jobs", "show", "01990b6e-0000-7000-8000-000000000000");
            jobs.AddCommand<JobCancelCommand>("cancel")
                .WithDescription("Ask a job to end; what it has done by then stays.")
                .WithExample("jobs", "cancel", "01990b6e-0000-7000-8000-000000000000");
        });
}
