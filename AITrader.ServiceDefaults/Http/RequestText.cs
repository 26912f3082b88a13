using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.ServiceDefaults.Http;

/// <summary>What text of a request may hold: the one rule for bodies, queries and paths, so that no endpoint passes on what PostgreSQL
/// refuses.</summary>
/// <remarks>PostgreSQL has no character U+0000, neither in text nor in jsonb. Kestrel refuses it in paths and headers by itself.</remarks>
internal static class RequestText
{
    public const string Refusal = "holds the character U+0000";

    private const char Nul = '\0';

    /// <summary>Answers 400 where a query holds what cannot be stored.</summary>
    public static Task CheckQueryAsync(HttpContext context, RequestDelegate next)
    {
        foreach (var (name, values) in context.Request.Query)
        {
            if (!IsStorable(name) || values.Any(static value => value is not null && !IsStorable(value)))
            {
                return ProblemWriter.WriteAsync(
                    context,
                    new ProblemDetails
                    {
                        Status = StatusCodes.Status400BadRequest,
                        Type = "bad-text",
                        Detail = $"The query parameter '{name.Replace(Nul, '?')}' {Refusal}, which no text can hold here; leave it out.",
                    }
                );
            }
        }

        return next(context);
    }

    public static bool IsStorable(string text) => !text.Contains(Nul, StringComparison.Ordinal);
}

/// <summary>Reads strings of JSON bodies and refuses what cannot be stored; lone surrogates are refused by the reader itself.</summary>
internal sealed class RequestTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        var text = reader.GetString()!;
        return RequestText.IsStorable(text) ? text : throw new JsonException(RequestText.Refusal);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    // Names of dictionary entries are text as well.
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } name && RequestText.IsStorable(name) ? name : throw new JsonException(RequestText.Refusal);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);
}
