using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>What an admin types after a crash.</summary>
internal static class CleanUp
{
    internal const string Command = $"Get-IpcSemaphore -Owner {ServerAccount.Name} | Remove-IpcSemaphore";

    /// <summary>
    /// Runs a command, and again when a server has used a set just between the reading and the removing: that is
    /// refused always, and rightly.
    /// </summary>
    internal static Outcome Run(Sandbox box, string command = Command)
    {
        var outcome = box.Invoke(command);
        for (var again = 0; again < 10 && outcome.ErrorIds.Contains("IpcChanged"); again++)
        {
            Thread.Sleep(TimeSpan.FromSeconds(1));
            outcome = box.Invoke(command);
        }

        return outcome;
    }
}
