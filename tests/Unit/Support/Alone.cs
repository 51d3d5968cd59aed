namespace PSSysVIpc.Tests.Support;

/// <summary>
/// Tests that no other may run beside: they make so many processes that every other one's look at the processes gets
/// slow, and they measure; or they give numbers of dead processes anew, which another test may still be waiting for.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    internal const string Name = "alone";
}
