namespace AITrader.Cli.Status;

/// <summary>Links for a browser; they sign in, so they are secrets.</summary>
/// <param name="Page">The page, with a sign-in that works once.</param>
/// <param name="Dashboard">Aspire's dashboard.</param>
internal sealed record Links(Uri? Page, Uri? Dashboard);
