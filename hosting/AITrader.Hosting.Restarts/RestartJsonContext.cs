using System.Text.Json.Serialization;

namespace AITrader.Hosting.Restarts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RestartReport))]
internal sealed partial class RestartJsonContext : JsonSerializerContext;
