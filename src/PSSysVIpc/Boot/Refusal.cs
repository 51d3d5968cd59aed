namespace PSSysVIpc.Boot;

/// <summary>That a line which is about a limit doesn't set it at the next boot.</summary>
/// <param name="Line">The line.</param>
/// <param name="Why">Who refuses it and why, as a part of a sentence.</param>
internal sealed record Refusal(SettingLine Line, string Why);
