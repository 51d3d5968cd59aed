using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace PSSysVIpc.HelpGen;

/// <summary>Whether the pages say all there is to say of the module, and nothing of what isn't there.</summary>
internal sealed partial class PageCheck(ModuleSurface module, List<HelpFault> faults)
{
    private const int LeastExamples = 4;

    // Help shows examples indented by four, in a terminal of 80 columns whose last one stays free.
    private const int WidestScreen = 75;

    internal void Check(IReadOnlyList<HelpPage> pages, string folder)
    {
        foreach (var cmdlet in module.Cmdlets.Where(cmdlet => !pages.Any(page => page.Name == cmdlet.Name)))
            faults.Add(new HelpFault(folder, 1, $"There is no page {cmdlet.Name}.md for the cmdlet {cmdlet.Name}."));
        foreach (var page in pages)
        {
            if (Array.Find(module.Cmdlets, cmdlet => cmdlet.Name == page.Name) is { } cmdlet)
                Check(page, cmdlet);
            else
                Fault(page, 1, $"The module has no cmdlet {page.Name}.");
        }
    }

    /// <summary>The names of cmdlets and topics, wherever they stand.</summary>
    /// <param name="file">A page or a topic.</param>
    /// <param name="topics">The topics that there are.</param>
    internal void CheckNames(string file, IEnumerable<string> topics)
    {
        foreach (var (index, text) in File.ReadLines(file).Index())
        {
            foreach (
                var name in OurName()
                    .Matches(text)
                    .Select(match => match.Value)
                    .Where(name => module.Find(name) is null)
            )
                faults.Add(new HelpFault(file, index + 1, $"The module has no cmdlet {name}."));
            foreach (var name in TopicName().Matches(text).Select(match => match.Value).Except(topics))
                faults.Add(new HelpFault(file, index + 1, $"There is no topic {name}."));
        }
    }

    /// <summary>Cmdlets and parameters that are named in text as code.</summary>
    internal void CheckMentions(string file, IEnumerable<HelpEntry> mentions)
    {
        foreach (var mention in mentions)
        {
            if (OurName().IsMatch(mention.Name))
                CheckStatement(file, mention.Line, mention.Name);
            else if (
                ParameterName().Match(mention.Name) is { Success: true } match
                && !module.Cmdlets.Any(cmdlet => cmdlet.Parameters.ContainsKey(match.Groups[1].Value))
            )
                faults.Add(new HelpFault(file, mention.Line, $"No cmdlet has a parameter {mention.Name}."));
        }
    }

    private void Check(HelpPage page, CmdletInfo cmdlet)
    {
        Require(page, page.Synopsis.Count == 1, "One paragraph is needed in 'Synopsis'.");
        // Lists of help show it on one line.
        Require(
            page,
            page.Synopsis.TrueForAll(text => text.Length <= WidestScreen),
            $"'Synopsis' is longer than {WidestScreen} characters."
        );
        Require(page, page.Description.Count > 0, "'Description' is missing.");
        Require(page, page.Inputs.Count > 0, "'Inputs' is missing.");
        Require(page, page.Outputs.Count > 0, "'Outputs' is missing.");
        Require(page, page.Notes.Count > 0, "'Notes' is missing.");
        CheckTypes(page, cmdlet);
        CheckParameters(page, [.. ModuleSurface.ParametersOf(cmdlet).Select(parameter => parameter.Name)]);
        Require(
            page,
            page.Examples.Count >= LeastExamples,
            $"{LeastExamples} examples are needed, and there are {page.Examples.Count}."
        );
        foreach (var example in page.Examples)
            Check(page, example);
        CheckMentions(page.File, page.Mentions);
    }

    private void CheckTypes(HelpPage page, CmdletInfo cmdlet)
    {
        foreach (
            var entry in page
                .Inputs.Concat(page.Outputs)
                .Where(entry => entry.Name != "None" && cmdlet.ImplementingType.Assembly.GetType(entry.Name) is null)
        )
            Fault(page, entry.Line, $"The module has no type {entry.Name}.");
        foreach (var type in cmdlet.OutputType.Where(type => !page.Outputs.Exists(entry => entry.Name == type.Name)))
            Fault(page, 1, $"'Outputs' lacks {type.Name}.");
    }

    private void CheckParameters(HelpPage page, string[] declared)
    {
        foreach (var missing in declared.Except(page.Parameters.Select(entry => entry.Name)))
            Fault(page, 1, $"The parameter -{missing} is not described.");
        foreach (var entry in page.Parameters)
        {
            if (!declared.Contains(entry.Name))
                Fault(page, entry.Line, $"{page.Name} has no parameter -{entry.Name}.");
            else if (entry.Text.Count == 0)
                Fault(page, entry.Line, $"The parameter -{entry.Name} is not described.");
        }

        foreach (var twice in page.Parameters.GroupBy(entry => entry.Name).Where(group => group.Count() > 1))
            Fault(page, twice.Last().Line, $"The parameter -{twice.Key} is described twice.");
    }

    private void Check(HelpPage page, HelpExample example)
    {
        if (example.Statements.Count == 0)
            Fault(page, example.Line, $"The example '{example.Title}' has no line 'PS> …'.");
        if (example.Remarks.Count == 0)
            Fault(page, example.Line, $"The example '{example.Title}' says nothing of what it shows.");
        if ((example.NotRun is null) == (example.Scene is null))
            Fault(
                page,
                example.Line,
                $"The example '{example.Title}' needs either a scene or a reason why it is not run."
            );
        if (example.Screen.Split('\n').Any(line => line.Length > WidestScreen))
            Fault(
                page,
                example.Line,
                $"The example '{example.Title}' has lines of more than {WidestScreen} characters."
            );
        foreach (var statement in example.Statements)
            CheckStatement(page.File, example.Line, statement);
        if (!example.Statements.Any(statement => statement.Contains(page.Name, StringComparison.OrdinalIgnoreCase)))
            Fault(page, example.Line, $"The example '{example.Title}' doesn't use {page.Name}.");
    }

    // Parsed, not matched: so a name in a string, or one in a script block, is taken for what it is.
    private void CheckStatement(string file, int line, string text)
    {
        var script = Parser.ParseInput(text, out _, out var errors);
        foreach (var error in errors)
            faults.Add(new HelpFault(file, line, $"'{text}': {error.Message}"));
        foreach (
            var command in script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
        )
        {
            // A name that isn't there is a fault already.
            if (module.Find(command.GetCommandName() ?? "") is not { } cmdlet)
                continue;
            foreach (
                var parameter in command
                    .CommandElements.OfType<CommandParameterAst>()
                    .Where(parameter => !cmdlet.Parameters.ContainsKey(parameter.ParameterName))
            )
                faults.Add(new HelpFault(file, line, $"{cmdlet.Name} has no parameter -{parameter.ParameterName}."));
        }
    }

    private void Require(HelpPage page, bool holds, string text)
    {
        if (!holds)
            Fault(page, 1, text);
    }

    private void Fault(HelpPage page, int line, string text) => faults.Add(new HelpFault(page.File, line, text));

    [GeneratedRegex(@"\b[A-Z][a-z]+-Ipc[A-Za-z]+\b")]
    private static partial Regex OurName();

    [GeneratedRegex(@"\babout_\w+")]
    private static partial Regex TopicName();

    [GeneratedRegex(@"^-([A-Z][A-Za-z]+)$")]
    private static partial Regex ParameterName();
}
