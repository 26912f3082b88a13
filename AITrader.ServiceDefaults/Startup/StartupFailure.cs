using System.Reflection;
using AITrader.ServiceDefaults.Identity;
using AITrader.ServiceDefaults.Secrets;
using Microsoft.Extensions.Options;

namespace AITrader.ServiceDefaults.Startup;

/// <summary>Ends a process that cannot run with one clear line and an exit code.</summary>
internal static class StartupFailure
{
    public const int ExitCode = 1;

    private static int _installed;

    /// <summary>Reports exceptions that Program.cs does not catch, such as a missing setting while services are added.</summary>
    public static void ReportUnhandled(ServiceIdentity identity)
    {
        // Only in a process of its own: a test host keeps its stack traces.
        var isOwnProcess = ServiceIdentity.NameOf(Assembly.GetEntryAssembly()?.GetName().Name ?? string.Empty) == identity.Name;
        if (!isOwnProcess || Interlocked.Exchange(ref _installed, 1) == 1)
        {
            return;
        }

        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            if (unhandled.ExceptionObject is Exception failure)
            {
                Report(identity, failure);
                Environment.Exit(ExitCode);
            }
        };
    }

    /// <summary>Writes the line to standard error.</summary>
    public static void Report(ServiceIdentity identity, Exception failure) => Console.Error.WriteLine(Line(identity, failure));

    /// <summary>The line that says why the process cannot run, without secrets.</summary>
    public static string Line(ServiceIdentity identity, Exception failure) =>
        $"{identity.Resource}: cannot run: {SecretScrub.Clean(Reason(failure))}";

    private static string Reason(Exception failure) =>
        failure switch
        {
            AggregateException { InnerExceptions: [var only] } => Reason(only),
            OptionsValidationException invalid => Outage.OneLine($"invalid settings: {string.Join("; ", invalid.Failures)}"),
            _ when Outage.Is(failure) => Outage.Describe(failure),
            InvalidOperationException or ArgumentException or FormatException => Outage.Describe(failure),
            _ => $"{failure.GetType().Name}: {Outage.Describe(failure)}",
        };
}
