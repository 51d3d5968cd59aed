namespace PSSysVIpc.Tests.Support;

/// <summary>
/// Tests that no other may run beside: they make so many processes that every other one's look at the processes gets
/// slow, and they measure.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    internal const string Name = "alone";
}
