namespace PSSysVIpc.Limits;

/// <summary>
/// The values of a limit's <c>Status</c>. Texts, for the same reason as <see cref="Status.IpcStatus"/>.
/// </summary>
internal static class LimitStatus
{
    /// <summary>There is room, or nothing that could fill up.</summary>
    internal const string Ok = nameof(Ok);

    /// <summary>At least 80 % are used.</summary>
    internal const string Warning = nameof(Warning);

    /// <summary>Nothing is left: the next program that wants one more fails.</summary>
    internal const string Exhausted = nameof(Exhausted);

    /// <summary>How much is used can't be seen.</summary>
    internal const string Unknown = nameof(Unknown);

    private const double WarningPercent = 80;

    internal static string Of(ulong value, ulong? used)
    {
        if (used >= value)
            return Exhausted;
        return used * 100.0 / value >= WarningPercent ? Warning : Ok;
    }
}
