using System.Globalization;
using System.Text;
using PSSysVIpc.HelpGen;

// HelpGen MANIFEST PAGES HELP EXAMPLES: reads the module and the Markdown of the folder PAGES, and writes the folder
// HELP (what ships) and the file EXAMPLES (what the tests run). It writes nothing when a page is wrong, and says what
// is.
if (args is not [var manifest, var pagesFolder, var helpFolder, var examplesFile])
{
    Console.Error.WriteLine("HelpGen MANIFEST PAGES HELP EXAMPLES");
    return 2;
}

// Numbers and names look the same wherever this is built.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var faults = new List<HelpFault>();
var all = Directory.GetFiles(pagesFolder, "*.md").Order(StringComparer.Ordinal).ToArray();
var files = all.ToLookup(file => Path.GetFileName(file).StartsWith("about_", StringComparison.Ordinal));
var pages = files[false].Select(file => PageReader.Read(file, faults)).ToList();
using var module = new ModuleSurface(manifest);
var check = new PageCheck(module, faults);
check.Check(pages, pagesFolder);

var topics = new Dictionary<string, string>();
foreach (var file in files[true])
{
    var mentions = new List<HelpEntry>();
    topics.Add(Path.GetFileNameWithoutExtension(file), TopicWriter.Write(file, faults, mentions));
    check.CheckMentions(file, mentions);
}

foreach (var file in all)
    check.CheckNames(file, files[true].Select(topic => Path.GetFileNameWithoutExtension(topic)));
foreach (var fault in faults)
    Console.Error.WriteLine(fault);
if (faults.Count > 0)
    return 1;

Directory.CreateDirectory(helpFolder);
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(examplesFile))!);
var maml = MamlWriter.Write(pages.Select(page => (page, module.Find(page.Name)!)));
File.WriteAllText(
    Path.Combine(helpFolder, "PSSysVIpc.dll-Help.xml"),
    $"{maml.Declaration}\n{maml}\n",
    new UTF8Encoding(false)
);
foreach (var (name, text) in topics)
    File.WriteAllText(Path.Combine(helpFolder, name + ".help.txt"), text, new UTF8Encoding(false));
File.WriteAllText(examplesFile, ExampleList.Write(pages));
return 0;
