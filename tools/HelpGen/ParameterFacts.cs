using System.Management.Automation;

namespace PSSysVIpc.HelpGen;

/// <summary>What the engine says of one parameter, in the words that help has for it.</summary>
internal sealed class ParameterFacts(CmdletInfo cmdlet, CommandParameterInfo parameter)
{
    internal string Name => parameter.Name;

    internal bool IsSwitch => parameter.ParameterType == typeof(SwitchParameter);

    internal bool IsMandatory => parameter.IsMandatory;

    internal string Position => parameter.Position >= 0 ? $"{parameter.Position}" : "named";

    internal string Aliases => parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none";

    internal bool TakesWildcards => parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any();

    internal IEnumerable<string> Values =>
        parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(set => set.ValidValues);

    internal string Pipeline =>
        (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };

    internal string TypeName =>
        LanguagePrimitives.ConvertTo<string>(parameter.ParameterType) is var name
        && name.StartsWith("System.Management.Automation.", StringComparison.Ordinal)
            ? name["System.Management.Automation.".Length..]
            : name;

    /// <summary>What it is when nobody gives it; of the engine's own, -WhatIf and -Confirm, it is False.</summary>
    internal string Default
    {
        get
        {
            using var instance = (IDisposable)Activator.CreateInstance(cmdlet.ImplementingType)!;
            var value = cmdlet.ImplementingType.GetProperty(Name)?.GetValue(instance);
            return IsSwitch ? $"{value is SwitchParameter { IsPresent: true }}"
                : value is null ? "None"
                : LanguagePrimitives.ConvertTo<string>(value);
        }
    }
}
