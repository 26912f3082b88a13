using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AITrader.Learning.Patterns;
using AITrader.Learning.Sentiment;

namespace AITrader.Learning.Recipes;

/// <summary>Recipes as JSON: members in snake case, one that is not known is an error.</summary>
public static class RecipeJson
{
    /// <summary>A recipe as JSON.</summary>
    public static JsonElement Write(ForecasterRecipe recipe) =>
        JsonSerializer.SerializeToElement(recipe, RecipeJsonContext.Default.ForecasterRecipe);

    /// <summary>A recipe of a sentiment model as JSON.</summary>
    public static JsonElement Write(SentimentOptions recipe) =>
        JsonSerializer.SerializeToElement(recipe, RecipeJsonContext.Default.SentimentOptions);

    /// <summary>A recipe of a classifier of patterns as JSON.</summary>
    public static JsonElement Write(PatternRecipe recipe) =>
        JsonSerializer.SerializeToElement(recipe, RecipeJsonContext.Default.PatternRecipe);

    /// <summary>Reads a recipe; what it does not say is as usual.</summary>
    /// <param name="json">The recipe; undefined for the usual one.</param>
    /// <exception cref="ArgumentException">It is no recipe, or one that cannot be; the message says why.</exception>
    public static ForecasterRecipe Read(JsonElement json)
    {
        var recipe = Read(json, RecipeJsonContext.Default.ForecasterRecipe) ?? new ForecasterRecipe();
        recipe.Require();
        return recipe;
    }

    /// <summary>Reads a recipe of a classifier of patterns; what it does not say is as usual.</summary>
    /// <param name="json">The recipe; undefined for the usual one.</param>
    /// <exception cref="ArgumentException">It is no recipe, or one that cannot be; the message says why.</exception>
    public static PatternRecipe ReadPatterns(JsonElement json)
    {
        var recipe = Read(json, RecipeJsonContext.Default.PatternRecipe) ?? new PatternRecipe();
        recipe.Require();
        return recipe;
    }

    private static T? Read<T>(JsonElement json, JsonTypeInfo<T> type)
        where T : class
    {
        if (json.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        try
        {
            return json.Deserialize(type) ?? throw new ArgumentException("a recipe is a JSON object, not null", nameof(json));
        }
        catch (JsonException problem)
        {
            throw new ArgumentException($"the recipe cannot be read: {problem.Message}", nameof(json), problem);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(ForecasterRecipe))]
[JsonSerializable(typeof(PatternRecipe))]
[JsonSerializable(typeof(SentimentOptions))]
internal sealed partial class RecipeJsonContext : JsonSerializerContext;
