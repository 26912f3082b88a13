using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Worker.Documents;

/// <summary>What is made into documents, for advice to be retrieved from.</summary>
internal sealed class DocumentsOptions
{
    public const string Section = "Documents";

    /// <summary>How often to look for something new. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How far back to look: what is stored later than that after it happened is missed. Default 3 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan LookBack { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Folder of the runbooks, files of Markdown. Default docs; where there is none, there are no runbooks.</summary>
    [Required]
    public string Runbooks { get; set; } = "docs";
}

[OptionsValidator]
internal sealed partial class DocumentsOptionsValidator : IValidateOptions<DocumentsOptions>;
