using System.Globalization;
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
using var module = new ModuleSurface(manifest);
var faults = Generator.Run(module, pagesFolder, helpFolder, examplesFile);
foreach (var fault in faults)
    Console.Error.WriteLine(fault);
return faults.Count > 0 ? 1 : 0;
