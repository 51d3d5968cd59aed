using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shipped;

/// <summary>
/// The help that ships: it has all that the pages say, and of the parameters what the cmdlets declare.
/// </summary>
public partial class ShippedHelpTests
{
    private static readonly string s_pages = Path.Combine(ModuleFolder.Root, "../docs/help");
    private static readonly XElement[] s_commands =
    [
        .. XDocument.Load(Path.Combine(ModuleFolder.Folder, "en-US/PSSysVIpc.dll-Help.xml")).Root!.Elements(),
    ];

    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(s_pages, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    public static TheoryData<Type> Cmdlets =>
        [
            .. typeof(IpcObject)
                .Assembly.GetTypes()
                .Where(type => !type.IsAbstract && type.IsDefined(typeof(CmdletAttribute))),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void It_has_every_paragraph_and_line_of_the_page(string page)
    {
        var isTopic = page.StartsWith("about_", StringComparison.Ordinal);
        var shipped = Squeeze(
            isTopic
                ? File.ReadAllText(Path.Combine(ModuleFolder.Folder, $"en-US/{page}.help.txt"))
                : string.Join(' ', CommandOf(page).DescendantNodes().OfType<XText>().Select(text => text.Value))
        );

        foreach (var part in Parts(File.ReadAllText(Path.Combine(s_pages, page + ".md"))))
            Assert.Contains(part, shipped, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "about_SysVIpc",
        "Where they are",
        "Who makes them",
        "Why they outlive their makers",
        "How they keep a server from starting",
        "Can bad PHP do this?",
        "The limits of semaphores",
        "The limits of shared memory",
        "The limits of message queues",
        "systemd and RemoveIPC",
        "Containers"
    )]
    [InlineData(
        "about_PSSysVIpc_Status",
        "InUse",
        "Unknown",
        "Stale",
        "Orphaned",
        "What it can't know",
        "How to judge a Stale set"
    )]
    public void A_topic_answers_what_is_asked(string topic, params string[] headings)
    {
        var lines = File.ReadAllLines(Path.Combine(ModuleFolder.Folder, $"en-US/{topic}.help.txt"));

        Assert.All(headings, heading => Assert.Contains("  " + heading, lines));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void It_tells_of_each_parameter_what_the_cmdlet_declares(Type cmdlet)
    {
        var described = Child(CommandOf(NameOf(cmdlet)), "parameters")
            .Elements()
            .ToDictionary(parameter => Child(parameter, "name").Value);
        foreach (var property in ParametersOf(cmdlet))
        {
            var declared = property.GetCustomAttributes<ParameterAttribute>().ToArray();
            var told = described[property.Name];
            var takes = (
                declared.Any(one => one.ValueFromPipeline),
                declared.Any(one => one.ValueFromPipelineByPropertyName)
            );
            var position = declared.Select(one => one.Position).Where(one => one >= 0).DefaultIfEmpty(-1).First();

            Assert.Equal(declared.Any(one => one.Mandatory), (bool)told.Attribute("required")!);
            Assert.Equal(property.IsDefined(typeof(SupportsWildcardsAttribute)), (bool)told.Attribute("globbing")!);
            Assert.Equal(
                takes switch
                {
                    (true, false) => "True (ByValue)",
                    (false, true) => "True (ByPropertyName)",
                    _ => "False",
                },
                (string)told.Attribute("pipelineInput")!
            );
            Assert.Equal(position < 0 ? "named" : $"{position}", (string)told.Attribute("position")!);
            Assert.Equal(
                property.PropertyType == typeof(SwitchParameter) ? "False" : "None",
                Child(told, "defaultValue").Value
            );
            Assert.All(
                property.GetCustomAttribute<ValidateSetAttribute>()?.ValidValues ?? [],
                value => Assert.Contains(value, Child(told, "description").Value, StringComparison.Ordinal)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_syntax_has_every_parameter_set_and_what_is_in_it(Type cmdlet)
    {
        var declared = ParametersOf(cmdlet)
            .SelectMany(property =>
                property.GetCustomAttributes<ParameterAttribute>().Select(one => (one.ParameterSetName, property.Name))
            )
            .ToArray();
        var common = declared
            .Where(one => one.ParameterSetName == ParameterAttribute.AllParameterSets)
            .Select(one => one.Name)
            .ToArray();
        string[][] sets =
        [
            .. declared
                .Where(one => one.ParameterSetName != ParameterAttribute.AllParameterSets)
                .GroupBy(
                    one => one.ParameterSetName,
                    (_, own) => own.Select(one => one.Name).Concat(common).Order().ToArray()
                ),
        ];
        if (sets.Length == 0)
            sets =
            [
                [.. common.Order()],
            ];

        var told = Child(CommandOf(NameOf(cmdlet)), "syntax")
            .Elements()
            .Select(item =>
                item.Elements()
                    .Where(one => one.Name.LocalName == "parameter")
                    .Select(one => Child(one, "name").Value)
                    .Except(["WhatIf", "Confirm"])
                    .Order()
                    .ToArray()
            );

        Assert.Equivalent(sets, told, strict: true);
    }

    // What stands in the page between marks: headings of its own, paragraphs, list items, and the lines of screens.
    private static IEnumerable<string> Parts(string page)
    {
        foreach (
            var block in Regex
                .Split(page, @"\n\s*\n")
                .Where(block => !block.StartsWith("<!--", StringComparison.Ordinal))
        )
        {
            if (Heading().Match(block) is { Success: true } heading)
            {
                // The others are sections, whose names the help has in its own words.
                if (heading.Groups[1].Length == 3)
                    yield return heading.Groups[2].Value;
            }
            else if (
                block.StartsWith("```", StringComparison.Ordinal)
                || block.StartsWith("    ", StringComparison.Ordinal)
                || block.EndsWith("```", StringComparison.Ordinal)
            )
            {
                foreach (var line in block.Split('\n').Where(line => !line.StartsWith("```", StringComparison.Ordinal)))
                    yield return Squeeze(line);
            }
            else
            {
                foreach (var item in ListItem().Split(block))
                    yield return Squeeze(item.Replace("`", "", StringComparison.Ordinal));
            }
        }
    }

    // Where lines end depends on how wide they may be.
    private static string Squeeze(string text) => Blanks().Replace(text, " ").Trim();

    private static XElement CommandOf(string name) =>
        Assert.Single(s_commands, command => Child(Child(command, "details"), "name").Value == name);

    private static XElement Child(XElement element, string name) =>
        element.Elements().Single(child => child.Name.LocalName == name);

    private static string NameOf(Type cmdlet) =>
        cmdlet.GetCustomAttribute<CmdletAttribute>() is { } name ? $"{name.VerbName}-{name.NounName}" : "";

    private static IEnumerable<PropertyInfo> ParametersOf(Type cmdlet) =>
        cmdlet.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute)));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(#+) -?(.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?:^|\n)- ")]
    private static partial Regex ListItem();
}
