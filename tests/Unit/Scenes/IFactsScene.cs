using PSSysVIpc.Ipc;

namespace PSSysVIpc.Tests.Scenes;

/// <summary>What the kernel says of an object that never was.</summary>
internal interface IFactsScene
{
    /// <summary>In the form that is judged.</summary>
    IpcFacts Facts { get; }
}
