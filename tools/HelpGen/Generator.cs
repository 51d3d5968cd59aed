using System.Text;

namespace PSSysVIpc.HelpGen;

/// <summary>Makes all of the help, or says what is wrong with the pages.</summary>
internal static class Generator
{
    /// <param name="module">The cmdlets.</param>
    /// <param name="pagesFolder">The pages, in Markdown.</param>
    /// <param name="helpFolder">Where what ships is written to.</param>
    /// <param name="examplesFile">Where the examples are written to.</param>
    /// <returns>What is wrong; then nothing is written.</returns>
    internal static IReadOnlyList<HelpFault> Run(
        ModuleSurface module,
        string pagesFolder,
        string helpFolder,
        string examplesFile
    )
    {
        var faults = new List<HelpFault>();
        var all = Directory.GetFiles(pagesFolder, "*.md").Order(StringComparer.Ordinal).ToArray();
        var files = all.ToLookup(file => Path.GetFileName(file).StartsWith("about_", StringComparison.Ordinal));
        var pages = files[false].Select(file => PageReader.Read(file, faults)).ToList();
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
            check.CheckNames(file, topics.Keys);
        if (faults.Count > 0)
            return faults;

        Directory.CreateDirectory(helpFolder);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(examplesFile))!);
        var maml = MamlWriter.Write(pages.Select(page => (page, module.Find(page.Name)!)));
        Write("PSSysVIpc.dll-Help.xml", $"{maml.Declaration}\n{maml}\n");
        foreach (var (name, text) in topics)
            Write(name + ".help.txt", text);
        File.WriteAllText(examplesFile, ExampleList.Write(pages));
        return [];

        void Write(string name, string text) =>
            File.WriteAllText(Path.Combine(helpFolder, name), text, new UTF8Encoding(false));
    }
}
