namespace AITrader.AppHost;

/// <summary>What Redis must be told beyond Aspire's own options.</summary>
internal static class RedisExtensions
{
    private const string Switch = "--appendonly";

    /// <summary>The append-only file: a snapshot every minute would lose a minute of acknowledged work.</summary>
    public static IResourceBuilder<RedisResource> WithAppendOnlyFile(this IResourceBuilder<RedisResource> redis) =>
        redis.WithArgs(context =>
        {
            if (redis.ApplicationBuilder.ExecutionContext.IsPublishMode)
            {
                // Published, the arguments are "-c" and one line for the shell.
                context.Args[^1] = $"{context.Args[^1]} {Switch} yes";
                return;
            }

            context.Args.Add(Switch);
            context.Args.Add("yes");
        });
}
