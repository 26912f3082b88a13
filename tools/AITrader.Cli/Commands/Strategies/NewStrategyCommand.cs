using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Cli.Repository;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Strategies;

/// <summary><c>new strategy</c>: makes a folder with a strategy that builds and trades.</summary>
internal sealed class NewStrategyCommand(Installation installation, IAnsiConsole console) : AsyncCommand<NewStrategySettings>
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <ItemGroup>
            <ProjectReference Include="../../libraries/AITrader.Strategies/AITrader.Strategies.csproj" />
          </ItemGroup>
        </Project>

        """;

    private const string Source = """
        using System.ComponentModel;
        using System.ComponentModel.DataAnnotations;
        using AITrader.Domain.Bars;
        using AITrader.Strategies;
        using AITrader.Strategies.Data;

        /// <summary>Buys when the price closes above its average, and sells when it closes below.</summary>
        public sealed class NAME : Strategy<NAME.Settings>
        {
            private readonly Dictionary<BarFeed, Line> _averages = [];

            public sealed class Settings
            {
                [Range(2, 1000), Description("bars of the average")]
                public int Period { get; set; } = 20;

                [Range(1, 86_400), Description("seconds of a bar")]
                public int BarSeconds { get; set; } = 60;
            }

            // Called once: say what you want to see.
            protected override void OnStart()
            {
                foreach (var symbol in Data.Symbols)
                {
                    var bars = Data.Bars(symbol, TimeSpan.FromSeconds(Options.BarSeconds));
                    _averages.Add(bars, bars.Ema(Options.Period));
                }
            }

            // Called for each bar that is over, once the average has had enough of them.
            protected override void OnBar(BarFeed feed, in Bar bar)
            {
                var open = Portfolio.PositionOf(feed.Symbol).Quantity;
                var isAbove = feed[0].Close > _averages[feed].Value;
                if (isAbove && open == 0m)
                {
                    Orders.SetWeight(feed.Symbol, 0.9m / Data.Symbols.Count);
                }
                else if (!isAbove && open > 0m)
                {
                    Orders.Close(feed.Symbol);
                }
            }
        }

        """;

    public override async Task<int> ExecuteAsync(CommandContext context, NewStrategySettings settings, CancellationToken cancellationToken)
    {
        var folder = installation.In(Path.Combine("strategies", settings.Name));
        if (Directory.Exists(folder))
        {
            throw new Refusal($"{folder} is there already");
        }

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{settings.Name}.csproj"), Project, cancellationToken);
        var source = Source.Replace("NAME", settings.Name, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{settings.Name}.cs"), source, cancellationToken);
        console.Say($"strategies/{settings.Name}/{settings.Name}.cs is a strategy that trades. Try it:");
        console.Say($"  ./aitrader backtest strategies/{settings.Name} --data FILE --report out");
        console.Say("docs/write-a-strategy.md goes on from there");
        return ExitCodes.Done;
    }
}
