using AITrader.MockMcp;
using AITrader.ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddMockMcp();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapMockMcp();

await app.RunServiceAsync();
