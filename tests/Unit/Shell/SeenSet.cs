using System.Globalization;

namespace PSSysVIpc.Tests.Shell;

/// <summary>A semaphore set as a shell sees it.</summary>
internal sealed record SeenSet(
    int Id,
    string Status,
    string Owner,
    long OwnerId,
    string? WaitingCount,
    string? Semaphores,
    string Reason
)
{
    private const string Null = "null";
    private const string Script = """
        Get-IpcSemaphore | ForEach-Object {
            $waiting = if ($null -eq $_.WaitingCount) { 'null' } else { $_.WaitingCount }
            $semaphores = if ($null -eq $_.Semaphores) { 'null' } else { $_.Semaphores }
            $_.Id, $_.Status, $_.Owner, $_.OwnerId, $waiting, $semaphores, $_.StatusReason -join '|'
        }
        """;

    /// <summary>
    /// All sets of the calling thread's namespace, as a shell in this setting sees them, by their ids. It looks again
    /// where that is the advice, as it is on a machine that is busy with other tests.
    /// </summary>
    internal static IReadOnlyDictionary<int, SeenSet> Look(ShellSetting setting)
    {
        const int most = 10;
        Dictionary<int, SeenSet> seen = [];
        for (var look = 0; look == 0 || (look < most && seen.Values.Any(IsRestless)); look++)
            seen = ShellProcess.Run(setting, "-c", Script).Clean().Lines.Select(Parse).ToDictionary(set => set.Id);
        return seen;
    }

    private static bool IsRestless(SeenSet set) =>
        set.Reason.Contains("Look again in a moment", StringComparison.Ordinal);

    private static SeenSet Parse(string line)
    {
        var fields = line.Split('|', 7);
        return new SeenSet(
            int.Parse(fields[0], CultureInfo.InvariantCulture),
            fields[1],
            fields[2],
            long.Parse(fields[3], CultureInfo.InvariantCulture),
            fields[4] == Null ? null : fields[4],
            fields[5] == Null ? null : fields[5],
            fields[6]
        );
    }
}
