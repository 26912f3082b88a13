using AITrader.Backend;
using AITrader.ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddBackend();

var app = builder.Build();

app.UseBackend();
app.MapDefaultEndpoints();
app.MapBackendApi();

await app.RunServiceAsync();
