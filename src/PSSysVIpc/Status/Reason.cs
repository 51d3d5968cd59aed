namespace PSSysVIpc.Status;

/// <summary>One fact that a status is decided by.</summary>
/// <param name="Text">The fact in words, with the process that it is about.</param>
/// <param name="Remedy">What the user can do to settle it, as a command; null where stopping processes is all, or nothing helps.</param>
/// <param name="ProcessesToStop">How many processes would have to end for it to be settled.</param>
internal readonly record struct Reason(string Text, string? Remedy = null, int ProcessesToStop = 0);
