namespace PSSysVIpc.HelpGen;

/// <summary>One example: what is typed, what comes out, and what it means.</summary>
internal sealed record HelpExample(string Title, int Line)
{
    /// <summary>What is typed, a statement each; a statement may have several lines.</summary>
    internal List<string> Statements { get; } = [];

    /// <summary>What is shown: prompts, statements and output, as on a screen.</summary>
    internal string Screen { get; set; } = "";

    internal List<string> Remarks { get; } = [];

    /// <summary>What must be there for it to run: the name of a scene of tests/Examples.</summary>
    internal string? Scene { get; set; }

    /// <summary>Why no test runs it.</summary>
    internal string? NotRun { get; set; }

    /// <summary>The output of all statements, without prompts and statements.</summary>
    internal string Output { get; set; } = "";
}
