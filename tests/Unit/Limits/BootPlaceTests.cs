using PSSysVIpc.Limits;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Limits;

/// <summary>Whether what is persisted is what the machine's boot reads.</summary>
public class BootPlaceTests
{
    [FactNeeding(Need.Root)]
    public void A_folder_that_process_1_has_as_well_is_the_machines_and_one_that_lies_over_it_is_not() =>
        Sandbox.Run(_ =>
        {
            using var folder = new TempFolder();
            string ours = folder.AddFolder("ours"),
                firsts = folder.AddFolder("firsts");
            Assert.True(BootPlace.AreTwo(ours, firsts));
            Assert.False(BootPlace.AreTwo(ours, folder.PathOf("nowhere")));
            TestLibc.UnshareMounts();
            TestLibc.BindMount(firsts, ours);
            Assert.False(BootPlace.AreTwo(ours, firsts));
            TestLibc.Mount("tmpfs", ours, "mode=755");
            Assert.True(BootPlace.AreTwo(ours, firsts));
            TestLibc.Detach(ours);
            TestLibc.Detach(ours);
        });

    [FactNeeding(Need.Root)]
    public void In_another_IPC_namespace_it_is_said_that_the_boot_is_the_machines() =>
        Sandbox.Run(box =>
        {
            const string warning =
                "This shell is in an IPC namespace of its own: what was set holds in it alone, and what "
                + "was persisted is for the machine at its next boot.";
            Assert.Contains(
                warning,
                box.Invoke("Set-IpcLimit SEMMNI 32000 -Persist -WhatIf").Clean().Written,
                StringComparison.Ordinal
            );
            Assert.Equal("", box.Invoke("Set-IpcLimit SEMMNI 32000 -WhatIf").Clean().Written);
        });
}
