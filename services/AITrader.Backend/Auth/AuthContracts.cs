namespace AITrader.Backend.Auth;

/// <summary>A request to sign in.</summary>
/// <param name="Code">The code of a sign-in link: what follows <c>#sign-in=</c>.</param>
public sealed record SignInRequest(string Code);

/// <summary>A sign-in link, which works once.</summary>
/// <param name="Code">Its code; the page's address with <c>#sign-in=</c> and this is the link.</param>
/// <param name="ExpiresAt">When it expires unused.</param>
public sealed record SignInLinkResponse(string Code, DateTimeOffset ExpiresAt);

/// <summary>A session.</summary>
/// <param name="Token">Bearer token.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="User">Whose it is.</param>
public sealed record SignInResponse(string Token, DateTimeOffset ExpiresAt, UserResponse User);

/// <summary>A user.</summary>
/// <param name="Username">Name.</param>
/// <param name="Role">viewer, trader or admin.</param>
public sealed record UserResponse(string Username, string Role);
