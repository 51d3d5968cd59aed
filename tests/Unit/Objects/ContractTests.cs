using System.Reflection;

namespace PSSysVIpc.Tests.Objects;

/// <summary>
/// What users' scripts rely on: the properties of the objects, and that nothing can be turned into one.
/// </summary>
public class ContractTests
{
    private const string Object =
        "BootId Guid, ChangeTime DateTime, Creator String, CreatorGroup String, CreatorGroupId UInt32, CreatorId "
        + "UInt32, "
        + "Group String, GroupId UInt32, Id Int32, Key UInt32, KeyText String, LastUsedTime DateTime, Mode String, "
        + "NamespaceId UInt64, Owner String, OwnerId UInt32, Permissions String, "
        + "Status String, StatusReason String";

    [Theory]
    [InlineData(typeof(IpcObject), Object)]
    [InlineData(
        typeof(IpcSemaphoreSet),
        Object
            + ", LastOperationTime DateTime?, LastProcesses IpcList, SemaphoreCount Int32, Semaphores IpcList, "
            + "WaitingCount Int32?, WaitingProcesses IpcList"
    )]
    [InlineData(
        typeof(IpcSemaphore),
        "Index Int32, LastProcessId Int32?, SetId Int32, Value Int32, WaitingForIncrease Int32, WaitingForZero Int32"
    )]
    [InlineData(typeof(IpcProcess), "Id Int32, IsAlive Boolean, Name String")]
    [InlineData(
        typeof(IpcSharedMemorySegment),
        Object
            + ", AttachCount Int64, AttachTime DateTime?, AttachedProcesses IpcList, CreatorProcess IpcProcess, "
            + "DetachTime DateTime?, IsLocked Boolean, IsMarkedForRemoval Boolean, LastProcess IpcProcess, "
            + "ResidentSize Int64?, Size Int64, SwappedSize Int64?"
    )]
    [InlineData(typeof(IpcAttachedProcess), "AttachCount Int32, Id Int32, Name String")]
    [InlineData(
        typeof(IpcMessageQueue),
        Object
            + ", LastReceiver IpcProcess, LastSender IpcProcess, MaxSize Int64?, MessageCount Int64, Messages IpcList, "
            + "ReceiveTime DateTime?, SendTime DateTime?, UsedSize Int64, WaitingProcesses IpcList"
    )]
    [InlineData(typeof(IpcQueueWaiter), "Direction String, Id Int32, MessageType Int64?, Name String")]
    [InlineData(typeof(IpcMessage), "Hex String, Index Int32, Length Int32, Text String, Type Int64")]
    [InlineData(
        typeof(IpcLimit),
        "Available UInt64?, BootId Guid, Description String, IsReadOnly Boolean, IsUnlimited Boolean, Maximum UInt64, "
            + "Minimum UInt64, Name String, NamespaceId UInt64, PersistedIn String, PersistedProblem String, "
            + "PersistedValue UInt64?, Resource String, Status String, Sysctl String, Unit String, Used UInt64?, "
            + "UsedPercent Double?, Value UInt64"
    )]
    public void It_has_these_properties_and_no_others(Type type, string properties) =>
        Assert.Equal(
            properties.Split(", ").Order(StringComparer.Ordinal),
            type.GetProperties()
                .Select(property => $"{property.Name} {Name(property.PropertyType)}")
                .Order(StringComparer.Ordinal)
        );

    // PowerShell would make one of a hashtable or a CSV row, and a blank id would be set 0.
    [Fact]
    public void Nobody_can_make_or_change_one()
    {
        foreach (
            var type in typeof(IpcObject)
                .Assembly.GetExportedTypes()
                .Where(type => type.Namespace == "PSSysVIpc" && !type.IsSubclassOf(typeof(Exception)))
        )
        {
            Assert.Empty(type.GetConstructors());
            Assert.DoesNotContain(type.GetProperties(), property => property.SetMethod is { IsPublic: true });
            Assert.DoesNotContain(
                type.GetMethods(BindingFlags.Public | BindingFlags.Static),
                method => method.Name is "Parse" or "op_Implicit" or "op_Explicit"
            );
        }
    }

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? value.Name + "?" : type.Name.Split('`')[0];
}
