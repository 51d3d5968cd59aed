namespace PSSysVIpc.HelpGen;

/// <summary>A heading with the paragraphs under it: a parameter, an input, an output.</summary>
internal sealed record HelpEntry(string Name, int Line)
{
    internal List<string> Text { get; } = [];
}
