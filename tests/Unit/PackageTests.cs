using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests;

/// <summary>What <c>dotnet pack</c> makes, for Install-PSResource and Save-PSResource.</summary>
public sealed class PackageTests : IDisposable
{
    // What NuGet adds, and PowerShell leaves out again when it installs.
    private static readonly Regex s_container = new(@"^(_rels/|package/|\[Content_Types\]\.xml$|PSSysVIpc\.nuspec$)");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pssysvipc-");
    private readonly ZipArchive _package;

    public PackageTests()
    {
        // Not built anew: the other tests have the module folder open.
        var start = new ProcessStartInfo(
            "dotnet",
            ["pack", "--no-build", "--nologo", "-nodeReuse:false", "--output", _folder.FullName]
        )
        {
            WorkingDirectory = Path.Combine(ModuleFolder.Root, ".."),
            RedirectStandardOutput = true,
        };
        using var pack = Process.Start(start)!;
        var said = pack.StandardOutput.ReadToEndAsync();
        Assert.True(said.Wait(Wait.Patience) && pack.WaitForExit(Wait.Patience), "dotnet pack didn't end.");
        Assert.True(pack.ExitCode == 0, said.Result);
        // Single: what builds and tests the module is no package.
        _package = ZipFile.OpenRead(Assert.Single(_folder.GetFiles()).FullName);
    }

    [Fact]
    public void It_holds_exactly_what_ships_at_its_root() =>
        Assert.Equal(
            ModuleFolder.Shipped,
            _package
                .Entries.Select(entry => entry.FullName)
                .Where(name => !s_container.IsMatch(name))
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Its_files_are_those_of_the_module_folder()
    {
        foreach (var name in ModuleFolder.Shipped)
            Assert.True(
                Read(name).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(ModuleFolder.Folder, name))),
                name
            );
    }

    [Fact]
    public void It_tells_of_itself_what_the_manifest_tells()
    {
        var manifest = File.ReadAllText(ModuleFolder.Manifest);
        var told = XDocument
            .Load(new MemoryStream(Read("PSSysVIpc.nuspec")))
            .Descendants()
            .Where(element => !element.HasElements)
            .ToDictionary(element => element.Name.LocalName, element => element.Value);

        Assert.Equal("PSSysVIpc", told["id"]);
        Assert.Equal(Value("ModuleVersion"), told["version"]);
        Assert.Equal(Value("Description"), told["description"]);
        Assert.Equal(Value("Author"), told["authors"]);
        var tags = Regex
            .Matches(Regex.Match(manifest, @"Tags\s*=\s*@\(([^)]+)\)").Groups[1].Value, "'([^']+)'")
            .Select(tag => tag.Groups[1].Value);
        Assert.Equal(["PSModule", .. tags], told["tags"].Split(' '));
        Assert.Equal($"PSSysVIpc.{Value("ModuleVersion")}.nupkg", _folder.GetFiles().Single().Name);

        string Value(string key) => Regex.Match(manifest, $@"(?m)^\s*{key}\s*=\s*'([^']+)'").Groups[1].Value;
    }

    // PowerShell asks for no other package, as none is on the PowerShell Gallery.
    [Fact]
    public void It_depends_on_nothing() =>
        Assert.DoesNotContain("<dependenc", System.Text.Encoding.UTF8.GetString(Read("PSSysVIpc.nuspec")));

    public void Dispose()
    {
        _package.Dispose();
        _folder.Delete(recursive: true);
    }

    private byte[] Read(string name)
    {
        using var content = _package.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }
}
