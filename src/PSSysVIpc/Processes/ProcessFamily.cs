namespace PSSysVIpc.Processes;

/// <summary>How old the living family of a process is.</summary>
/// <param name="Start">
/// When its oldest member began, in seconds since the epoch; minus infinity where that can't be told.
/// </param>
/// <param name="Oldest">Its oldest member; null where that can't be told.</param>
internal readonly record struct ProcessFamily(double Start, ProcessRecord? Oldest)
{
    internal static ProcessFamily Empty { get; } = new(double.PositiveInfinity, null);

    /// <summary>
    /// An ancestor wasn't seen, or has ended, so that it can't be told how old the family is.
    /// </summary>
    internal static ProcessFamily Unknown { get; } = new(double.NegativeInfinity, null);

    /// <summary>The family with a child of its youngest member.</summary>
    internal ProcessFamily With(ProcessRecord child) =>
        child.StartTime switch
        {
            null => Unknown,
            { } start when start <= Start => new(start, child),
            _ => this,
        };
}
