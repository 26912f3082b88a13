using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(AITrader.Browser.Tests.Chromium))]

// One after the other: a test that measures how the page reacts must not measure another one's load.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace AITrader.Browser.Tests;

/// <summary>One headless Chromium for all tests; each test gets a context of its own. The machine's browser is used, none is
/// downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/usr/bin/google-chrome-stable",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } executable)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(20_000); // a busy machine is slow, not wrong
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = executable,
                // Containers seldom allow Chromium's own sandbox, and their /dev/shm is small.
                Args = ["--no-sandbox", "--disable-dev-shm-usage"],
            }
        );
    }

    /// <summary>A fresh page without memory of any other; skips the calling test where there is no Chromium.</summary>
    public async Task<IPage> OpenPageAsync(int width = 1440, int height = 900)
    {
        Assert.SkipWhen(_browser is null, "no Chromium found: install chromium, or set CHROMIUM_PATH");
        var context = await _browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = height },
                ColorScheme = ColorScheme.Dark,
            }
        );
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find() =>
        Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } set ? set : Places.FirstOrDefault(File.Exists);
}
