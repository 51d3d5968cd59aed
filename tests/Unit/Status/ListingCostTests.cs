using PSSysVIpc.Tests.Processes;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>The cost of listing sets that were really made, all of them open to one group of many processes.</summary>
[Collection(Alone.Name)]
public class ListingCostTests
{
    private const int Few = 2_500;
    private const int Many = 10_000;

    // Nobody has these ids, and none of the sets can be seen outside its sandbox.
    private const uint FirstOwner = 1_700_000_000;
    private const int Owners = 20;
    private const int OpenToGroup = 0x1B0;

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Four_times_the_sets_beside_four_times_the_processes_cost_four_times_as_much() =>
        Sandbox.Run(box =>
        {
            var (user, group) = (FreshIds.Next(), FreshIds.Next());
            var ids = new int[Many];
            for (var number = 0; number < Many; number++)
                ids[number] = Sandbox.MakeSet(FirstOwner + (uint)(number % Owners), mode: OpenToGroup, group: group);
            using var crowd = Crowd.OfChildren(130, user, group);

            // The first has what is there already.
            Growth.AssertLinear(
                (() => Crowd.OfChildren(1, user, group), List(ids[..Few])),
                (() => Crowd.OfChildren(400, user, group), List(ids)),
                rounds: 2
            );

            IEnumerable<Outcome> List(int[] shown)
            {
                var outcome = box.Invoke("Get-IpcSemaphore -Id $ids", ("ids", shown)).Clean();
                Assert.Equal(shown.Length, outcome.Sets.Count);
                Assert.All(
                    outcome.Sets,
                    set => Assert.Contains($"in its group {group}", set.StatusReason, StringComparison.Ordinal)
                );
                yield return outcome;
            }
        });
}
