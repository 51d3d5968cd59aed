namespace PSSysVIpc.Boot;

/// <summary>A line of a file with settings.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Number">The line's number, counted from 1.</param>
/// <param name="Text">Its bytes, each as one character.</param>
internal sealed record SettingLine(string File, int Number, string Text);
