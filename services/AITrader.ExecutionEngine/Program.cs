using AITrader.ExecutionEngine;
using AITrader.ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddExecution();

var app = builder.Build();

app.MapDefaultEndpoints();

await app.RunServiceAsync();
