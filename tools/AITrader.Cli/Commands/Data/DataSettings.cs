using System.ComponentModel;
using AITrader.Hosting.Home;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Data;

/// <summary>Settings of every command on the folder of market data.</summary>
internal class DataSettings : CommandSettings
{
    [CommandOption("--folder <DIR>")]
    [Description("The folder of market data; `history` below the home folder where it is left out.")]
    public string? Folder { get; set; }

    /// <summary>The folder's full path.</summary>
    public string FolderOf(HomeFolder home) => Folder is { } named ? Path.GetFullPath(named) : home.History;

    /// <summary>The folder's full path; made where it is not there.</summary>
    public async Task<string> CreateFolderAsync(HomeFolder home, CancellationToken cancellationToken)
    {
        if (Folder is null)
        {
            await home.CreateAsync(cancellationToken);
        }

        return Directory.CreateDirectory(FolderOf(home)).FullName;
    }
}
