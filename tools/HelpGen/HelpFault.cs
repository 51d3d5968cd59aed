namespace PSSysVIpc.HelpGen;

/// <summary>Something that makes a help page wrong: the build shows it as an error at its line.</summary>
internal sealed record HelpFault(string File, int Line, string Text)
{
    public override string ToString() => $"{File}({Line}): error HELP: {Text}";
}
