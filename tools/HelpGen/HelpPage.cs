namespace PSSysVIpc.HelpGen;

/// <summary>The help of one cmdlet, as its Markdown has it: paragraphs are plain text.</summary>
internal sealed record HelpPage(string File, string Name)
{
    internal List<string> Synopsis { get; } = [];
    internal List<string> Description { get; } = [];
    internal List<HelpEntry> Parameters { get; } = [];
    internal List<HelpEntry> Inputs { get; } = [];
    internal List<HelpEntry> Outputs { get; } = [];
    internal List<string> Notes { get; } = [];
    internal List<HelpExample> Examples { get; } = [];
    internal List<string> Links { get; } = [];

    /// <summary>What stands in the text as code: names that must exist.</summary>
    internal List<HelpEntry> Mentions { get; } = [];
}
