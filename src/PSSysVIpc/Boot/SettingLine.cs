namespace PSSysVIpc.Boot;

/// <summary>A line of a file with settings.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Number">The line's number, counted from 1.</param>
/// <param name="Text">Its bytes, each as one character.</param>
internal sealed record SettingLine(string File, int Number, string Text)
{
    /// <summary>
    /// Whether it begins with the name of a limit's sysctl and has no sign behind it: no reader understands that.
    /// </summary>
    internal bool NamesWithoutSign(string sysctl)
    {
        var text = Text.AsSpan().TrimStart(" \t");
        if (text.Length < sysctl.Length || text.Contains('='))
            return false;
        for (var i = 0; i < sysctl.Length; i++)
        {
            if ((text[i] == '/' ? '.' : text[i]) != sysctl[i])
                return false;
        }

        return text.Length == sysctl.Length || text[sysctl.Length] is ' ' or '\t' or ':' or '\r';
    }
}
