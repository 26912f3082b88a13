using AITrader.Migrations;
using AITrader.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);

builder.AddServiceDefaults();
builder.AddMigrations();

using var host = builder.Build();
using var stop = StopSignals.Register();

var command = host.Services.GetRequiredService<MigrationCommand>();
return args.Contains("--check") ? command.Check() : await command.RunAsync(stop.Token);
