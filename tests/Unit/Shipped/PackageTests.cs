using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shipped;

/// <summary>What <c>dotnet pack</c> makes, for Install-PSResource and Save-PSResource.</summary>
public sealed class PackageTests(PackageTests.Package package) : IClassFixture<PackageTests.Package>
{
    // What NuGet adds, and PowerShell leaves out again when it installs.
    private static readonly Regex s_container = new(@"^(_rels/|package/|\[Content_Types\]\.xml$|PSSysVIpc\.nuspec$)");

    [Fact]
    public void It_holds_exactly_what_ships_at_its_root() =>
        Assert.Equal(
            ModuleFolder.Shipped,
            package
                .Content.Entries.Select(entry => entry.FullName)
                .Where(name => !s_container.IsMatch(name))
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Its_files_are_those_of_the_module_folder()
    {
        foreach (var name in ModuleFolder.Shipped)
            Assert.True(
                package.Read(name).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(ModuleFolder.Folder, name))),
                name
            );
    }

    [Fact]
    public void It_tells_of_itself_what_the_manifest_tells()
    {
        var manifest = File.ReadAllText(ModuleFolder.Manifest);
        var told = XDocument
            .Load(new MemoryStream(package.Read("PSSysVIpc.nuspec")))
            .Descendants()
            .Where(element => !element.HasElements)
            .ToDictionary(element => element.Name.LocalName, element => element.Value);

        Assert.Equal("PSSysVIpc", told["id"]);
        Assert.Equal(Value("ModuleVersion"), told["version"]);
        Assert.Equal(Value("Description"), told["description"]);
        Assert.Equal(Value("Author"), told["authors"]);
        Assert.Equal("README.md", told["readme"]);
        Assert.Equal(Value("ReleaseNotes"), told["releaseNotes"]);
        // Of this version, and not still of the one before.
        Assert.StartsWith($"{told["version"]}, ", told["releaseNotes"], StringComparison.Ordinal);
        Assert.Contains($"\n## [{told["version"]}]", ChangeLog(), StringComparison.Ordinal);
        var tags = Regex
            .Matches(Regex.Match(manifest, @"Tags\s*=\s*@\(([^)]+)\)").Groups[1].Value, "'([^']+)'")
            .Select(tag => tag.Groups[1].Value);
        Assert.Equal(["PSModule", .. tags], told["tags"].Split(' '));
        Assert.Equal($"PSSysVIpc.{Value("ModuleVersion")}.nupkg", package.Name);

        string Value(string key) => Regex.Match(manifest, $@"(?m)^\s*{key}\s*=\s*'([^']+)'").Groups[1].Value;
    }

    private string ChangeLog() => System.Text.Encoding.UTF8.GetString(package.Read("CHANGELOG.md"));

    // PowerShell asks for no other package, as none is on the PowerShell Gallery.
    [Fact]
    public void It_depends_on_nothing() =>
        Assert.DoesNotContain("<dependenc", System.Text.Encoding.UTF8.GetString(package.Read("PSSysVIpc.nuspec")));

    /// <summary>Packed once.</summary>
    public sealed class Package : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pssysvipc-");

        public Package()
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
            var file = Assert.Single(_folder.GetFiles());
            Name = file.Name;
            Content = ZipFile.OpenRead(file.FullName);
        }

        internal string Name { get; }

        internal ZipArchive Content { get; }

        internal byte[] Read(string name)
        {
            using var content = Content.GetEntry(name)!.Open();
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            return copy.ToArray();
        }

        public void Dispose()
        {
            Content.Dispose();
            _folder.Delete(recursive: true);
        }
    }
}
