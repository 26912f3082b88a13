using AITrader.OnnxRunner;
using AITrader.ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddOnnxRunner();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapOnnxRunner();

await app.RunServiceAsync();
