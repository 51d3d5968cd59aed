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

    /// <returns>Null when the words make no sense.</returns>
    internal static Options? Parse(string[] words, bool nonInteractive = false)
    {
        var rest = words.Skip(1).ToArray();
        return words.FirstOrDefault()?.ToLowerInvariant() switch
        {
            null => new(null, null, [], nonInteractive),
            "-noninteractive" => Parse(rest, nonInteractive: true),
            "-c" or "-command" when rest.Length > 0 => new(string.Join(' ', rest), null, [], nonInteractive),
            "-f" or "-file" when rest.Length > 0 => new(null, rest[0], rest[1..], nonInteractive),
            _ => null,
        };
    }
}
