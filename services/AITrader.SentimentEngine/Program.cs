using AITrader.SentimentEngine;
using AITrader.ServiceDefaults;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddServiceDefaults();
builder.AddSentiment();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapSentimentApi();

await app.RunServiceAsync();
