using System.Text.Json;
using System.Text.Json.Serialization;

namespace AITrader.Formats.Csv;

/// <summary>The mapping file beside a CSV as JSON: strict, so that a misspelt member is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true
)]
[JsonSerializable(typeof(CsvMappingFile))]
internal sealed partial class CsvMappingJson : JsonSerializerContext;
