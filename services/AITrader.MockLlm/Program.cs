using AITrader.MockLlm;
using AITrader.ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddMockLlm();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapMockLlmApi();

await app.RunServiceAsync();
