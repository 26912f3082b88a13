using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Formats.Csv;
using AITrader.Formats.Lean;

namespace AITrader.Formats.Reading;

/// <summary>The small configuration files beside market data: strict, so that a misspelt member is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true
)]
[JsonSerializable(typeof(SymbolMapFile))]
[JsonSerializable(typeof(CsvMappingFile))]
internal sealed partial class FormatsJsonContext : JsonSerializerContext;
