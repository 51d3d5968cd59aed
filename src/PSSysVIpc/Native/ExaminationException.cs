namespace PSSysVIpc.Native;

/// <summary>
/// What another user controls can't be examined within the bounds there are for that. It is no error: whoever catches
/// it says what can't be ruled out.
/// </summary>
internal sealed class ExaminationException : Exception;
