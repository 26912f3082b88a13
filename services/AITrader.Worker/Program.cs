using AITrader.ServiceDefaults;
using AITrader.Worker;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddWorker();

var app = builder.Build();

app.MapDefaultEndpoints();

await app.RunServiceAsync();
