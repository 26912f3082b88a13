using System.Text.Json;
using System.Text.Json.Serialization;
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

    /// <summary>Reads a recipe; what it does not say is as usual.</summary>
    /// <exception cref="ArgumentException">It is no recipe, or one that cannot be; the message says why.</exception>
    public static ForecasterRecipe Read(JsonElement json)
    {
        try
        {
            var recipe = json.Deserialize(RecipeJsonContext.Default.ForecasterRecipe)
                ?? throw new ArgumentException("a recipe is a JSON object, not null", nameof(json));
            recipe.Require();
            return recipe;
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
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(ForecasterRecipe))]
[JsonSerializable(typeof(SentimentOptions))]
internal sealed partial class RecipeJsonContext : JsonSerializerContext;
