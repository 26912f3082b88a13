using AITrader.ServiceDefaults;
using AITrader.StrategyEngine;
using AITrader.StrategyEngine.Broker;
using AITrader.StrategyEngine.Hosting;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddStrategy();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapHosting();
app.MapBroker();

await app.RunServiceAsync();
