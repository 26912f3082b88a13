using AITrader.FinBertServer;
using AITrader.ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddFinBert();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapFinBertApi();

await app.RunServiceAsync();
