namespace AITrader.Kill.Tests.Stack;

/// <summary>What each process of a stack is told: the services' own settings, with pauses that suit a test.</summary>
internal sealed class StackSettings(KillStack stack, string folder, string stopFile)
{
    public const string AdminKey = "open-sesame-of-the-kill-suite-42";

    public IEnumerable<(string Path, string Value)> Of(string name) =>
        // Processes start all the time here and live for seconds: nothing of them is worth compiling twice.
        Own(name).Append(("DOTNET_TieredPGO", "0")).Append(("DOTNET_TC_CallCounting", "0"));

    private IEnumerable<(string Path, string Value)> Own(string name) =>
        name switch
        {
            KillStack.Mock =>
            [
                ("Market:TicksPerSecond", "0"),
                ("Kite:LimitRates", "false"),
                ("Broker:JournalFile", Path.Combine(folder, "journal")),
                ("Logging:LogLevel:Default", "Warning"),
                ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information"),
            ],
            KillStack.Gateway =>
            [
                .. Connections(stack.Database.Gateway),
                ("Auth:AdminKey", AdminKey),
                ("Auth:SigningKey", "0123456789abcdef0123456789abcdef-kill"),
                ("Traffic:AnonymousPerSecond", "1000"),
                ("Traffic:SignInsPerMinute", "10000"),
            ],
            _ when name.StartsWith("execution", StringComparison.Ordinal) => [.. Connections(stack.Database.App), .. Engine()],
            _ => [.. Connections(stack.Database.App), .. Strategies()],
        };

    private IEnumerable<(string, string)> Connections(string database) =>
        [
            ("ConnectionStrings:aitrader", database),
            ("ConnectionStrings:redis", stack.Redis.ConnectionString),
            ("Lease:Life", $"00:00:0{KillStack.LeaseSeconds}"),
        ];

    private IEnumerable<(string, string)> Engine() =>
        [
            ("Execution:Broker", "kite"),
            ("Execution:MaxQuoteAge", "00:01:00"),
            ("Execution:GuardInterval", "00:00:00.200"),
            ("Execution:Bounds:position", $"{KillStack.MaxPosition}"),
            ("Broker:PollInterval", "00:00:00.200"),
            ("Broker:SettleTime", "00:00:01"),
            ("Broker:ReconcileInterval", "00:00:01"),
            ("Broker:WhenUnseen", "send"),
            ("Kite:Address", stack.AddressOf(KillStack.Mock).ToString()),
            ("Kite:AnswerLimit", "00:00:02"),
            ("OrderPath:StopFile", stopFile),
        ];

    private IEnumerable<(string, string)> Strategies() =>
        [
            ("Strategy:BuiltIn", "false"),
            ("Strategy:SentimentEngine", "http://127.0.0.1:9"),
            ("Strategies:Folder", folder),
            ("Strategies:LiveAccount", "broker"),
            ("Strategies:Hosted:0:Name", KillStack.Strategy),
            ("Strategies:Hosted:0:Source", "Churn.dll"),
            ("Strategies:Hosted:0:Mode", "live"),
            ("Strategies:Hosted:0:Capital", "1000000"),
            ("Strategies:Hosted:0:Symbols:0", KillStack.Symbol),
        ];
}
