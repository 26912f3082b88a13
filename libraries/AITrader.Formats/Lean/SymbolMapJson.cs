using System.Text.Json;
using System.Text.Json.Serialization;

namespace AITrader.Formats.Lean;

/// <summary>The symbol map of a LEAN data folder as JSON: strict, so that a misspelt member is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true
)]
[JsonSerializable(typeof(SymbolMapFile))]
internal sealed partial class SymbolMapJson : JsonSerializerContext;
