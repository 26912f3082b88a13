namespace AITrader.AppHost.Topology;

/// <summary>Passwords and keys that are generated once and kept by the orchestrator; <c>Parameters:{name}</c> replaces one.</summary>
internal sealed record Secrets(
    IResourceBuilder<ParameterResource> RedisPassword,
    IResourceBuilder<ParameterResource> PostgresPassword,
    IResourceBuilder<ParameterResource> JwtSigningKey,
    IResourceBuilder<ParameterResource> ServiceTokenKey,
    IResourceBuilder<ParameterResource> AdminKey,
    IResourceBuilder<ParameterResource> AppPassword,
    IResourceBuilder<ParameterResource> GatewayPassword
)
{
    // HMAC-SHA256 wants a key of at least 32 bytes.
    private const int KeyLength = 48;
    private const int PasswordLength = 22;

    public static Secrets AddTo(IDistributedApplicationBuilder builder) =>
        new(
            Add(builder, "redis-password", PasswordLength, "Password of Redis"),
            Add(builder, "postgres-password", PasswordLength, "Password of PostgreSQL"),
            Add(builder, "jwt-signing-key", KeyLength, "Signs the tokens of people who signed in"),
            Add(builder, "service-token-key", KeyLength, "Signs the tokens with which services call each other"),
            Add(builder, "admin-key", PasswordLength, "Makes sign-in links for the administrator, each good once"),
            Add(builder, "postgres-app-password", PasswordLength, "Password of the database login of services"),
            Add(builder, "postgres-gateway-password", PasswordLength, "Password of the database login of the gateway")
        );

    // Letters and digits only: clients split a Redis connection string at commas, and a link carries the code in its fragment.
    private static IResourceBuilder<ParameterResource> Add(
        IDistributedApplicationBuilder builder,
        string name,
        int length,
        string description
    ) =>
        builder
            .AddParameter(name, new GenerateParameterDefault { MinLength = length, Special = false }, secret: true, persist: true)
            .WithDescription(description);
}
