using System.Globalization;
using PSSysVIpc.Tests.Actor;

namespace PSSysVIpc.Tests.Support;

/// <summary>Gives the number of a process that has ended to a new one.</summary>
internal static class SecondHand
{
    private const int Tries = 500;

    internal static ActorProcess Start(int processId, params object[] words)
    {
        for (var i = 0; i < Tries; i++)
        {
            // The kernel gives the next free number after this one, unless another process of the machine takes it
            // first.
            File.WriteAllText("/proc/sys/kernel/ns_last_pid", (processId - 1).ToString(CultureInfo.InvariantCulture));
            var actor = ActorProcess.Start(words);
            if (actor.Id == processId)
                return actor;
            actor.Dispose();
        }

        throw new InvalidOperationException($"The number {processId} didn't come back in {Tries} tries.");
    }
}
