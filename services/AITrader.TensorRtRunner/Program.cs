using AITrader.ServiceDefaults;
using AITrader.TensorRtRunner;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddTensorRtRunner();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapTensorRtRunner();

await app.RunServiceAsync();
