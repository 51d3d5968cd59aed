using PSSysVIpc.HelpGen;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shipped;

/// <summary>What fails the build: pages that don't say all of the module, or name what isn't there.</summary>
public sealed class HelpGenTests : IDisposable, IClassFixture<HelpGenTests.BuiltModule>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pssysvipc-help-").FullName;

    private readonly BuiltModule _module;

    public HelpGenTests(BuiltModule module)
    {
        _module = module;
        foreach (var page in Directory.GetFiles(Path.Combine(ModuleFolder.Root, "../docs/help")))
            File.Copy(page, PageOf(Path.GetFileName(page)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_pages_as_they_are_pass()
    {
        Assert.Equal("", Generate());
        Assert.True(File.Exists(Path.Combine(_folder, "en-US/PSSysVIpc.dll-Help.xml")));
        Assert.True(File.Exists(Path.Combine(_folder, "en-US/about_SysVIpc.help.txt")));
    }

    [Theory]
    [InlineData("### -AllowStale", "### -PassThru", "The parameter -AllowStale is not described.")]
    [InlineData("### -AllowStale", "### -AllowAll", "Remove-IpcSemaphore has no parameter -AllowAll.")]
    [InlineData("`-AllowStale` or", "`-AllowAll` or", "No cmdlet has a parameter -AllowAll.")]
    [InlineData(
        "Remove-IpcSemaphore 0 -AllowStale",
        "Remove-IpcSemaphore 0 -AllowAll",
        "Remove-IpcSemaphore has no parameter -AllowAll."
    )]
    [InlineData(
        "PS> Get-IpcSemaphore -Owner",
        "PS> Get-IpcSemaphores -Owner",
        "The module has no cmdlet Get-IpcSemaphores."
    )]
    [InlineData("## Notes", "## Remarks", "'Notes' is missing.")]
    [InlineData("## Inputs", "## Input", "'Inputs' is missing.")]
    [InlineData("## Outputs", "## Output", "'Outputs' is missing.")]
    [InlineData(
        "### PSSysVIpc.IpcSemaphoreSet",
        "### PSSysVIpc.IpcSemaphores",
        "The module has no type PSSysVIpc.IpcSemaphores."
    )]
    [InlineData(
        "With `-PassThru`, each set that was removed.",
        "### None",
        "'Outputs' lacks PSSysVIpc.IpcSemaphoreSet.",
        "### PSSysVIpc.IpcSemaphoreSet\n\n"
    )]
    [InlineData(
        "Asks before each removal. The set is judged again after the answer.",
        "",
        "The parameter -Confirm is not described."
    )]
    [InlineData(
        "Each error id has a type of its own, which stays the same for good.",
        "",
        "says nothing of what it shows."
    )]
    [InlineData(
        "PS> try { Remove-IpcSemaphore 3",
        "PS> try { Get-IpcSemaphore 3",
        "The example 'Decide in a script' doesn't use Remove-IpcSemaphore."
    )]
    [InlineData("- Get-IpcLimit", "- Get-IpcLimits", "The module has no cmdlet Get-IpcLimits.")]
    [InlineData(
        "Get-IpcSemaphore returned it",
        "Read-IpcSemaphore returned it",
        "The module has no cmdlet Read-IpcSemaphore."
    )]
    [InlineData("- about_SysVIpc", "- about_SystemVIpc", "There is no topic about_SystemVIpc.")]
    [InlineData("<!-- scene: keyed -->", "", "needs either a scene or a reason why it is not run.")]
    [InlineData(
        "it under their feet.",
        "it under their feet, and nobody will be able to say that it was not told so before.",
        "has lines of more than 75 characters."
    )]
    [InlineData("| Remove-IpcSemaphore -WhatIf", "| Remove-IpcSemaphore -WhatIf }", "Unexpected token '}'")]
    [InlineData("# Remove-IpcSemaphore", "# Delete-IpcSemaphore", "The module has no cmdlet Delete-IpcSemaphore.")]
    public void A_page_that_is_wrong_fails(string right, string wrong, string message, string before = "") =>
        AssertFails(
            "Remove-IpcSemaphore.md",
            text => text.Replace(before + right, wrong, StringComparison.Ordinal),
            message
        );

    [Fact]
    public void Three_examples_are_too_few() =>
        AssertFails(
            "Get-IpcLimit.md",
            text => text[..text.IndexOf("### See how much room", StringComparison.Ordinal)],
            "4 examples are needed, and there are 3."
        );

    [Fact]
    public void A_cmdlet_without_a_page_fails()
    {
        File.Delete(PageOf("Get-IpcLimit.md"));
        Assert.Contains("There is no page Get-IpcLimit.md", Generate(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("`Get-IpcLimit`", "`Get-IpcLimits`", "The module has no cmdlet Get-IpcLimits.")]
    [InlineData("    Set-IpcLimit SEMMNI", "    Set-IpcLimits SEMMNI", "The module has no cmdlet Set-IpcLimits.")]
    [InlineData(
        "    Set-IpcLimit SEMMNI 32768 -Persist",
        "    Set-IpcLimit SEMMNI 32768 -Keep",
        "Set-IpcLimit has no parameter -Keep."
    )]
    public void A_topic_that_names_what_is_not_there_fails(string right, string wrong, string message) =>
        AssertFails("about_SysVIpc.md", text => text.Replace(right, wrong, StringComparison.Ordinal), message);

    private void AssertFails(string page, Func<string, string> change, string message)
    {
        var text = File.ReadAllText(PageOf(page));
        Assert.NotEqual(text, change(text));
        File.WriteAllText(PageOf(page), change(text));
        var said = Generate();
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.Contains(": error HELP: ", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "en-US")));
    }

    private string PageOf(string name) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "pages")).FullName, name);

    // What it complains of; nothing when it is content.
    private string Generate() =>
        string.Join(
            '\n',
            Generator.Run(
                _module.Value,
                Path.Combine(_folder, "pages"),
                Path.Combine(_folder, "en-US"),
                Path.Combine(_folder, "examples.json")
            )
        );

    /// <summary>The module, loaded once.</summary>
    public sealed class BuiltModule : IDisposable
    {
        private readonly ModuleSurface _surface = new(ModuleFolder.Manifest);

        internal ModuleSurface Value => _surface;

        public void Dispose() => _surface.Dispose();
    }
}
