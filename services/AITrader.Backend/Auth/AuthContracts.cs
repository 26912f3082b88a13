namespace AITrader.Backend.Auth;

/// <summary>A request to sign in.</summary>
/// <param name="Code">The sign-in code.</param>
public sealed record SignInRequest(string Code);

/// <summary>A session.</summary>
/// <param name="Token">Bearer token.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="User">Whose it is.</param>
public sealed record SignInResponse(string Token, DateTimeOffset ExpiresAt, UserResponse User);

/// <summary>A user.</summary>
/// <param name="Username">Name.</param>
/// <param name="Role">viewer, trader or admin.</param>
public sealed record UserResponse(string Username, string Role);
