using AITrader.ServiceDefaults;
using AITrader.StrategyEngine;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddStrategy();

var app = builder.Build();

app.MapDefaultEndpoints();

await app.RunServiceAsync();
