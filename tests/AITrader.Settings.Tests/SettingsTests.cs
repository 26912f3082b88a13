using AITrader.TestSupport;
using Microsoft.Extensions.Configuration;

namespace AITrader.Settings.Tests;

/// <summary>The page and the sample say what the code has. With AITRADER_RENEW=1 they are written instead.</summary>
public sealed class SettingsTests
{
    private const string Renew = "AITRADER_RENEW";

    static SettingsTests()
    {
        if (Environment.GetEnvironmentVariable(Renew) == "1")
        {
            File.WriteAllText(InRepository(SettingsPage.Path), SettingsPage.Write());
            File.WriteAllText(InRepository(SampleFile.Path), SampleFile.Write());
        }
    }

    public static TheoryData<string> Services { get; } = [.. Service.All.Select(static service => service.Resource)];

    [Fact]
    public void The_page_is_up_to_date() => Hold(SettingsPage.Path, SettingsPage.Write());

    [Fact]
    public void The_sample_is_up_to_date() => Hold(SampleFile.Path, SampleFile.Write());

    [Fact]
    public void Every_service_is_listed() =>
        Assert.Equal(
            Directory
                .EnumerateDirectories(Path.Combine(SharedData.RepositoryRoot, "services"))
                .Select(static folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal),
            Service.All.Select(static service => service.Project).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_class_of_settings_is_read_by_some_service() =>
        Assert.Equal(
            SettingsInventory.Candidates,
            SettingsInventory
                .Services.SelectMany(static service => service.Sections)
                .Select(static section => section.Type.FullName!)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_section_and_setting_says_what_it_is(string service)
    {
        foreach (var section in Of(service).Sections)
        {
            Assert.True(section.Summary.Length > 0, $"{section.Type} has no summary.");
            Assert.All(section.Settings, setting =>
                Assert.True(setting.Summary.Length > 0, $"{section.Section}:{setting.Name} has no summary.")
            );
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void The_sample_gives_the_defaults(string service)
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(InRepository(SampleFile.Path)).Build().GetSection($"Services:{service}");
        foreach (var section in Of(service).Sections)
        {
            var (bound, defaults) = (Summaries.Create(section.Type), Summaries.Create(section.Type));
            configuration.GetSection(section.Section).Bind(bound, static binder => binder.ErrorOnUnknownConfiguration = false);
            Assert.All(section.Settings.Where(static setting => setting.Json is not null), setting =>
            {
                var property = section.Type.GetProperty(setting.Name)!;
                Assert.True(
                    configuration.GetSection(section.Section).GetChildren().Any(key => key.Key == setting.Name),
                    $"{section.Section}:{setting.Name} is not in the sample."
                );
                Assert.Equal(
                    SettingText.Show(property.GetValue(defaults) ?? section.Open(property)),
                    SettingText.Show(property.GetValue(bound))
                );
            });
        }
    }

    [Fact]
    public void Ranges_are_found_by_asking_where_no_attribute_says_them()
    {
        Assert.Equal("1 to 1024", Find("market-data", "Streams", "Partitions").Range);
        Assert.Equal("`00:00:00.1` to `1.00:00:00`", Find("worker", "Streams", "MinIdle").Range);
        Assert.Equal("from 1", Find("onnx-runner", "Inference", "QueueLimit").Range);
        Assert.Equal("above `00:00:00`, up to `00:05:00`", Find("strategy-engine", "Forecast", "Deadline").Range);
        Assert.Equal("1 to 1000", Find("market-data", "Books", "Depth").Range);
        Assert.Equal("`00:00:00.2` to `00:10:00`", Find("market-data", "Books", "StaleAfter").Range);
        Assert.Equal(
            ("20", "see the text"),
            (Find("pattern-engine", "Patterns", "EmaFast").Default, Find("pattern-engine", "Engine", "RingCapacity").Range)
        );
        Assert.Equal("`spot`, `usdm`, `coinm`", Find("market-data", "Feed:Binance", "Market").Range);
    }

    private static Setting Find(string service, string section, string setting) =>
        Of(service).Sections.Single(found => found.Section == section).Settings.Single(found => found.Name == setting);

    private static ServiceSettings Of(string service) => SettingsInventory.Services.Single(found => found.Service.Resource == service);

    private static string InRepository(string path) => Path.Combine(SharedData.RepositoryRoot, path);

    private static void Hold(string path, string expected)
    {
        var file = InRepository(path);
        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == expected,
            $"{path} is not what the code has. Renew it: {SettingsPage.Command}"
        );
    }
}
