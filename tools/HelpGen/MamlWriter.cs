using System.Management.Automation;
using System.Text;
using System.Xml.Linq;

namespace PSSysVIpc.HelpGen;

/// <summary>Turns pages and what the engine says of the cmdlets into MAML, the format of Get-Help.</summary>
internal static class MamlWriter
{
    // With the locale C, Get-Help breaks lines in the middle of words. So they are broken here, for 80 columns less the
    // indent it gives them.
    private const int Width = 75;
    private const int DeepWidth = 71;

    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    internal static XDocument Write(IEnumerable<(HelpPage Page, CmdletInfo Cmdlet)> commands) =>
        new(
            new XDeclaration("1.0", "utf-8", null),
            new XElement(
                "helpItems",
                new XAttribute("schema", "maml"),
                commands.Select(command => Command(command.Page, command.Cmdlet))
            )
        );

    private static XElement Command(HelpPage page, CmdletInfo cmdlet) =>
        new(
            s_command + "command",
            new XAttribute(XNamespace.Xmlns + "command", s_command),
            new XAttribute(XNamespace.Xmlns + "maml", s_maml),
            new XAttribute(XNamespace.Xmlns + "dev", s_dev),
            new XElement(
                s_command + "details",
                new XElement(s_command + "name", cmdlet.Name),
                new XElement(s_command + "verb", cmdlet.Verb),
                new XElement(s_command + "noun", cmdlet.Noun),
                Description(page.Synopsis, Width)
            ),
            Description(page.Description, Width),
            new XElement(s_command + "syntax", cmdlet.ParameterSets.Select(set => Syntax(cmdlet, set))),
            new XElement(
                s_command + "parameters",
                page.Parameters.Select(entry => FullParameter(FactsOf(cmdlet, entry.Name), entry.Text))
            ),
            new XElement(s_command + "inputTypes", page.Inputs.Select(entry => Type(s_command + "inputType", entry))),
            new XElement(
                s_command + "returnValues",
                page.Outputs.Select(entry => Type(s_command + "returnValue", entry))
            ),
            new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraphs(page.Notes, DeepWidth))),
            new XElement(s_command + "examples", page.Examples.Select((example, index) => Example(example, index + 1))),
            new XElement(s_command + "relatedLinks", page.Links.Select(Link))
        );

    private static XElement Syntax(CmdletInfo cmdlet, CommandParameterSetInfo set) =>
        new(
            s_command + "syntaxItem",
            new XElement(s_maml + "name", cmdlet.Name),
            InOrder(cmdlet, set).Select(facts => Parameter(facts, []))
        );

    // As the engine orders them: by position, then the mandatory ones, then the others; switches last.
    private static IEnumerable<ParameterFacts> InOrder(CmdletInfo cmdlet, CommandParameterSetInfo set) =>
        set
            .Parameters.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
            .OrderBy(parameter => parameter.Position >= 0 ? parameter.Position : int.MaxValue)
            .ThenBy(parameter => !parameter.IsMandatory)
            .ThenBy(parameter => parameter.Name is "WhatIf" or "Confirm")
            .ThenBy(parameter => parameter.ParameterType == typeof(SwitchParameter))
            .Select(parameter => new ParameterFacts(cmdlet, parameter));

    // In some sets it may have a position, and in others none.
    private static ParameterFacts FactsOf(CmdletInfo cmdlet, string name) =>
        new(
            cmdlet,
            cmdlet
                .ParameterSets.SelectMany(set => set.Parameters)
                .Where(parameter => parameter.Name == name)
                .MaxBy(parameter => parameter.Position)!
        );

    // Get-Help shows the values in the syntax alone, so they are said here, too.
    private static XElement FullParameter(ParameterFacts facts, IEnumerable<string> text) =>
        Parameter(
            facts,
            facts.Values.Any() ? [.. text, $"One or more of: {string.Join(", ", facts.Values)}."] : [.. text]
        );

    private static XElement Parameter(ParameterFacts facts, IReadOnlyList<string> text)
    {
        var element = new XElement(
            s_command + "parameter",
            new XAttribute("required", facts.IsMandatory),
            new XAttribute("variableLength", true),
            new XAttribute("globbing", facts.TakesWildcards),
            new XAttribute("pipelineInput", facts.Pipeline),
            new XAttribute("position", facts.Position),
            new XAttribute("aliases", facts.Aliases),
            new XElement(s_maml + "name", facts.Name),
            Description(text, DeepWidth)
        );
        if (facts.Values.Any())
            element.Add(
                new XElement(
                    s_command + "parameterValueGroup",
                    facts.Values.Select(value => ParameterValue(facts, value))
                )
            );
        // A switch has no value to give: without this element, the syntax shows none.
        if (!facts.IsSwitch)
            element.Add(ParameterValue(facts, facts.TypeName));
        element.Add(
            new XElement(s_dev + "type", new XElement(s_maml + "name", facts.TypeName), new XElement(s_maml + "uri")),
            new XElement(s_dev + "defaultValue", facts.Default)
        );
        return element;
    }

    private static XElement ParameterValue(ParameterFacts facts, string value) =>
        new(
            s_command + "parameterValue",
            new XAttribute("required", !facts.IsSwitch),
            new XAttribute("variableLength", false),
            value
        );

    private static XElement Type(XName name, HelpEntry entry) =>
        new(
            name,
            new XElement(s_dev + "type", new XElement(s_maml + "name", entry.Name)),
            Description(entry.Text, DeepWidth)
        );

    private static XElement Example(HelpExample example, int number)
    {
        var title = $" Example {number}: {example.Title} ";
        var line = new StringBuilder().Append('-', Math.Max(4, (72 - title.Length) / 2));
        return new XElement(
            s_command + "example",
            new XElement(s_maml + "title", $"{line}{title}{line}"),
            new XElement(s_dev + "code", example.Screen),
            new XElement(s_dev + "remarks", Paragraphs(example.Remarks, Width), new XElement(s_maml + "para"))
        );
    }

    private static XElement Link(string text) =>
        new(
            s_maml + "navigationLink",
            new XElement(s_maml + "linkText", text.StartsWith("- ", StringComparison.Ordinal) ? text[2..] : text),
            new XElement(s_maml + "uri")
        );

    private static XElement Description(IEnumerable<string> text, int width) =>
        new(s_maml + "description", Paragraphs(text, width));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> text, int width) =>
        text.Select(paragraph => new XElement(s_maml + "para", string.Join("\n", Lines(paragraph, width))));

    // What is in a list stays to the right of its dash.
    private static IEnumerable<string> Lines(string text, int width) =>
        text.StartsWith("- ", StringComparison.Ordinal)
            ? PlainText.Wrap(text[2..], width - 2).Select((line, index) => (index == 0 ? "- " : "  ") + line)
            : PlainText.Wrap(text, width);
}
