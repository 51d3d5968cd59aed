namespace PSSysVIpc.Shell;

/// <summary>The command line: the part of pwsh's that this shell has.</summary>
internal sealed record Options(string? Command, string? File, string[] Arguments, bool NonInteractive)
{
    internal const string Usage = """
        ipcsh: a small PowerShell prompt with the PSSysVIpc module loaded.

          ipcsh                              a prompt, line by line
          ipcsh -c|-Command TEXT             runs TEXT; more words are added to it
          ipcsh -File PATH [ARGUMENTS]       runs a script
          -NonInteractive                    no prompts: what would ask is an error
          -h|-Help                           this text

        Exit codes as pwsh's: 0, 1 after an error, what a script exits with, 64 for a bad command line.
        """;

    /// <returns>Null when the arguments make no sense, or ask for help.</returns>
    internal static Options? Parse(string[] arguments, out string? problem)
    {
        problem = null;
        var nonInteractive = false;
        for (var i = 0; i < arguments.Length; i++)
        {
            var rest = arguments[(i + 1)..];
            switch (arguments[i].ToLowerInvariant())
            {
                case "-noninteractive":
                    nonInteractive = true;
                    break;
                case "-c" or "-command" when rest.Length > 0:
                    return new(string.Join(' ', rest), null, [], nonInteractive);
                case "-f" or "-file" when rest.Length > 0:
                    return new(null, rest[0], rest[1..], nonInteractive);
                case "-h" or "-help" or "--help" or "-?":
                    return null;
                case "-c" or "-command" or "-f" or "-file":
                    problem = $"{arguments[i]} needs a value.";
                    return null;
                default:
                    problem = $"'{arguments[i]}' is no option of ipcsh.";
                    return null;
            }
        }

        return new(null, null, [], nonInteractive);
    }
}
