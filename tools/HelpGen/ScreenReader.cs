namespace PSSysVIpc.HelpGen;

/// <summary>
/// Takes a screen apart: lines after "PS> " are typed, and so are those after "&gt;&gt; " that continue them; all
/// others are what came out.
/// </summary>
internal static class ScreenReader
{
    private const string Prompt = "PS> ";
    private const string Continuation = ">> ";

    internal static void Read(string screen, HelpExample example)
    {
        var output = new List<string>();
        foreach (var line in screen.Split('\n'))
        {
            if (line.StartsWith(Prompt, StringComparison.Ordinal))
                example.Statements.Add(line[Prompt.Length..]);
            else if (line.StartsWith(Continuation, StringComparison.Ordinal) && example.Statements.Count > 0)
                example.Statements[^1] += "\n" + line[Continuation.Length..];
            else
                output.Add(line);
        }

        example.Screen = screen;
        example.Output = string.Join("\n", output).Trim('\n');
    }
}
