using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Npgsql;

if (args is ["migrate"])
{
    await using var database = new NpgsqlConnection(Environment.GetEnvironmentVariable("ConnectionStrings__appdb"));
    await database.OpenAsync();
    await using var schema = new NpgsqlCommand(
        "CREATE TABLE IF NOT EXISTS quotes(id int PRIMARY KEY, symbol text); INSERT INTO quotes VALUES (1, 'INFY') ON CONFLICT DO NOTHING", database);
    await schema.ExecuteNonQueryAsync();
    Console.WriteLine("schema is current");
    return;
}

var app = WebApplication.Create(args);
app.MapGet("/health", () => "ok");
app.MapGet("/alive", () => "ok");
app.MapGet("/pid", () => Environment.ProcessId);
app.MapGet("/env", () => Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal)
    .Select(k => $"{k}={Environment.GetEnvironmentVariable(k)}"));
app.MapGet("/quote", async (IConfiguration configuration) =>
{
    await using var connection = new NpgsqlConnection(configuration.GetConnectionString("appdb"));
    await connection.OpenAsync();
    await using var command = new NpgsqlCommand("SELECT symbol FROM quotes WHERE id = 1", connection);
    return (string?)await command.ExecuteScalarAsync();
});
app.MapGet("/front-pid", async (IConfiguration configuration) =>
{
    // A connection of its own for each request: the balancer deals connections, not requests.
    using var client = new HttpClient();
    client.DefaultRequestHeaders.ConnectionClose = true;
    return await client.GetStringAsync(new Uri($"{configuration["services:front:http:0"]}/pid"));
});
app.MapGet("/redis", async (IConfiguration configuration) =>
{
    using var client = new TcpClient();
    await client.ConnectAsync(configuration["REDIS_HOST"]!, int.Parse(configuration["REDIS_PORT"]!, CultureInfo.InvariantCulture));
    var stream = client.GetStream();
    await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {configuration["REDIS_PASSWORD"]}\r\nPING\r\nCONFIG GET appendonly\r\nQUIT\r\n"));
    using var reader = new StreamReader(stream);
    return await reader.ReadToEndAsync();
});

// A child that ignores SIGTERM: stopping the resource has to take it along.
System.Diagnostics.Process.Start("sh", ["-c", "trap '' TERM; sleep 100000"]);
await app.RunAsync();
