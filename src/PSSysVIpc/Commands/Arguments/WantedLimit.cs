using System.Numerics;
using PSSysVIpc.Ipc;

namespace PSSysVIpc.Commands;

/// <summary>A limit and what it shall be.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Value">Its value, not checked yet.</param>
internal sealed record WantedLimit(LimitDefinition Limit, BigInteger Value);
