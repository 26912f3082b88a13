using AITrader.MockLlm.Completions;
using AITrader.MockLlm.Diagnostics;
using AITrader.MockLlm.Faults;
using AITrader.MockLlm.Models;
using AITrader.MockLlm.News;
using AITrader.MockLlm.Protocol;
using Microsoft.Extensions.Options;

namespace AITrader.MockLlm;

internal static class MockLlmHostExtensions
{
    public static void AddMockLlm(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MockLlmOptions>().BindConfiguration(MockLlmOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<MockLlmOptions>, MockLlmOptionsValidator>();
        builder.Services.AddSingleton<FaultSwitch>();
        builder.Services.AddSingleton<Answerer>();
        builder.Services.AddSingleton<LlmMetrics>();
        builder.Services.AddOptions<NewsOptions>().BindConfiguration(NewsOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<NewsOptions>, NewsOptionsValidator>();
        builder.Services.AddSingleton<NewsRoom>();
    }

    public static void MapMockLlmApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/v1").AddEndpointFilter<ApiKeyFilter>();
        api.MapCompletions();
        api.MapModels();
        routes.MapFaults();
        routes.MapNews();
    }
}
