# The kinds of objects, for the tests that hold for each: how the cmdlets, the types, sentences and the kernel name them.
@{
    Kinds = @(
        @{ Noun = 'IpcSemaphore'; Get = 'Get-IpcSemaphore'; Remove = 'Remove-IpcSemaphore'; Type = 'IpcSemaphoreSet'; Called = 'semaphore set'; Table = 'sem' }
        @{ Noun = 'IpcSharedMemory'; Get = 'Get-IpcSharedMemory'; Remove = 'Remove-IpcSharedMemory'; Type = 'IpcSharedMemorySegment'; Called = 'shared memory segment'; Table = 'shm' }
        @{ Noun = 'IpcMessageQueue'; Get = 'Get-IpcMessageQueue'; Remove = 'Remove-IpcMessageQueue'; Type = 'IpcMessageQueue'; Called = 'message queue'; Table = 'msg' }
    )
}
