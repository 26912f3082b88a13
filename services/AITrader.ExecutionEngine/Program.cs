using AITrader.ExecutionEngine;
using AITrader.ExecutionEngine.Brokers;
using AITrader.ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddExecution();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapBroker();

await app.RunServiceAsync();
