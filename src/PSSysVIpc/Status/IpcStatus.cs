namespace PSSysVIpc.Status;

/// <summary>
/// The values of an object's <c>Status</c>. Texts and not an enum: an enum turns into a bare number in JSON and
/// after Import-Clixml.
/// </summary>
internal static class IpcStatus
{
    /// <summary>Somebody waits on it, or a last process lives.</summary>
    internal const string InUse = nameof(InUse);

    /// <summary>Nobody is known to use it, somebody could.</summary>
    internal const string Stale = nameof(Stale);

    /// <summary>Nobody uses it, and nobody is left who could.</summary>
    internal const string Orphaned = nameof(Orphaned);

    /// <summary>The facts can't be seen from here.</summary>
    internal const string Unknown = nameof(Unknown);
}
