using AITrader.PatternEngine;
using AITrader.ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddPatternEngine();

var app = builder.Build();

app.MapDefaultEndpoints();

await app.RunServiceAsync();
