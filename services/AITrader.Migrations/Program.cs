using AITrader.Migrations;
using AITrader.Migrations.Commands;
using AITrader.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);

builder.AddServiceDefaults();
builder.AddMigrations();

// In Development a host tries to make every registered service; the defaults hold some that only a web host or a bus can.
builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateScopes = true }));

using var host = builder.Build();
using var stop = StopSignals.Register();

var command = host.Services.GetRequiredService<MigrationCommand>();
return args.Contains("--check") ? command.Check() : await command.RunAsync(stop.Token);
