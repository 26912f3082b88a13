using AITrader.MarketData;
using AITrader.MarketData.Commands;
using AITrader.ServiceDefaults;

if (Command.TryRun(args, Console.Out, Console.Error) is { } exitCode)
{
    Environment.ExitCode = exitCode;
    return;
}

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddMarketData();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapMarketDataApi();

await app.RunServiceAsync();
