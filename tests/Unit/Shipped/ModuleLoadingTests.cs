using PSSysVIpc.Commands;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shipped;

public class ModuleLoadingTests
{
    [Fact]
    public void The_tests_run_the_assembly_that_ships() =>
        Assert.Equal(
            Path.Combine(ModuleFolder.Folder, "PSSysVIpc.dll"),
            typeof(GetIpcSemaphoreCommand).Assembly.Location
        );

    [Fact]
    public void No_copy_of_the_module_or_of_Mono_Posix_lies_beside_the_tests()
    {
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "PSSysVIpc.dll")));
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "Mono.Posix.NETStandard.dll")));
    }

    [Fact]
    public void The_module_folder_holds_exactly_what_ships()
    {
        var actual = Directory
            .GetFiles(ModuleFolder.Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(ModuleFolder.Folder, path))
            .Order(StringComparer.Ordinal);
        Assert.Equal(ModuleFolder.Shipped, actual);
    }

    [Fact]
    public void The_assembly_has_the_version_of_the_manifest() =>
        Assert.Matches(
            $"ModuleVersion +?= '{typeof(GetIpcSemaphoreCommand).Assembly.GetName().Version!.ToString(3)}'",
            File.ReadAllText(ModuleFolder.Manifest)
        );

    [FactNeeding(Need.Root)]
    public void The_manifest_exports_every_cmdlet_of_the_assembly_and_nothing_else() =>
        Sandbox.Run(box =>
        {
            var exported = box.Invoke("(Get-Module PSSysVIpc).ExportedCommands.Keys")
                .Clean()
                .Output.Select(name => name!.ToString()!);
            var built = typeof(GetIpcSemaphoreCommand)
                .Assembly.GetExportedTypes()
                .SelectMany(type =>
                    type.GetCustomAttributes(typeof(System.Management.Automation.CmdletAttribute), false)
                )
                .Cast<System.Management.Automation.CmdletAttribute>()
                .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}");
            Assert.Equal(built.Order(StringComparer.Ordinal), exported.Order(StringComparer.Ordinal));
        });
}
