namespace PSSysVIpc.Status;

/// <summary>
/// One fact that a status is decided by. Where many objects have the same, it is made once, and known by itself.
/// </summary>
/// <param name="text">The fact in words, with the process that it is about.</param>
/// <param name="remedy">
/// What the user can do to settle it, as a command; null where stopping processes is all, or nothing helps.
/// </param>
/// <param name="processesToStop">How many processes would have to end for it to be settled.</param>
/// <param name="forced">
/// What follows where -Force marks the object for removal and no more: "it stays …"; empty where it was marked already,
/// and null where -Force removes it at once.
/// </param>
internal sealed class Reason(string text, string? remedy = null, int processesToStop = 0, string? forced = null)
{
    /// <summary>The remedy where no process can be named: whoever made it may still be there.</summary>
    internal const string FindItsProgram = "find out whether its program still runs";

    /// <summary>The remedy where its program may come back to it.</summary>
    internal const string FindLaterRun = "find out whether its program will run again";

    /// <summary>Both of these.</summary>
    internal const string FindAnyRun = "find out whether its program still runs, or will run again";

    /// <summary>The remedy where more can be seen by root.</summary>
    internal const string LookAsRoot = "look as the machine's root";

    internal string Text => text;

    internal string? Remedy => remedy;

    internal int ProcessesToStop => processesToStop;

    internal string? Forced => forced;
}
