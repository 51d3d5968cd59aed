namespace PSSysVIpc.Commands;

/// <summary>Takes whole numbers within bounds, and nothing that PowerShell would bend into one.</summary>
/// <param name="what">What the number is, for the error: "id".</param>
/// <param name="minimum">The smallest number it takes.</param>
/// <param name="maximum">The largest number it takes.</param>
public sealed class WholeNumberArgumentAttribute(string what, long minimum, long maximum) : ElementwiseArgumentAttribute
{
    /// <summary>What the number is.</summary>
    public string What { get; } = what;

    /// <summary>The smallest number it takes.</summary>
    public long Minimum { get; } = minimum;

    /// <summary>The largest number it takes.</summary>
    public long Maximum { get; } = maximum;

    private protected override object Convert(object? value) => (long)WholeNumber.Read(value, What, Minimum, Maximum);
}
