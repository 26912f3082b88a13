using Aspire.Hosting.Processes;

namespace Standins.Aspire.Tests;

public sealed class LogFileTests
{
    [Fact]
    public void A_log_takes_two_files_of_its_limit_at_most_and_loses_only_the_oldest()
    {
        var folder = Directory.CreateTempSubdirectory("standins-log-");
        var path = Path.Combine(folder.FullName, "noisy.log");
        var line = new string('x', 1000);
        using (var log = new LogFile(path))
        {
            for (var i = 0; i < 20_000; i++)
            {
                log.Add(line);
            }

            log.Add("last words");
        }

        Assert.Equal("last words", File.ReadLines(path).Last());
        Assert.All(folder.EnumerateFiles(), f => Assert.InRange(f.Length, 1, 9 * 1024 * 1024));
        Assert.Equal(2, folder.GetFiles().Length);
        folder.Delete(recursive: true);
    }
}
