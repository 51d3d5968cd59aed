@{
    RootModule             = 'PSSysVIpc.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '5f0c9d2e-7a64-4c1b-9c55-2f8f4f1b6a37'
    Author                 = 'PSSysVIpc contributors'
    CompanyName            = 'PSSysVIpc contributors'
    Copyright              = '(c) 2026 PSSysVIpc contributors. MIT License.'
    Description            = 'System V IPC on Linux as objects: see which limit is full, list semaphore sets, shared memory segments and message queues, see who owns them and whether anyone still uses them, and remove safely what a dead server left behind.'
    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')
    FormatsToProcess       = @('PSSysVIpc.format.ps1xml')
    TypesToProcess         = @('PSSysVIpc.types.ps1xml')
    FunctionsToExport      = @()
    CmdletsToExport        = @('Get-IpcLimit', 'Get-IpcMessageQueue', 'Get-IpcSemaphore', 'Get-IpcSharedMemory', 'Remove-IpcLimitPersistence', 'Remove-IpcMessageQueue', 'Remove-IpcSemaphore', 'Remove-IpcSharedMemory', 'Set-IpcLimit')
    VariablesToExport      = @()
    AliasesToExport        = @()
    FileList               = @(
        'CHANGELOG.md'
        'LICENSE'
        'Mono.Posix.NETStandard.dll'
        'PSSysVIpc.dll'
        'PSSysVIpc.format.ps1xml'
        'PSSysVIpc.psd1'
        'PSSysVIpc.types.ps1xml'
        'README.md'
        'en-US/PSSysVIpc.dll-Help.xml'
        'en-US/about_PSSysVIpc_Status.help.txt'
        'en-US/about_SysVIpc.help.txt'
        'linux-arm64/MonoPosixHelper.so'
        'linux-x64/MonoPosixHelper.so'
    )
    PrivateData            = @{
        PSData = @{
            Tags         = @('Linux', 'PSEdition_Core', 'SystemV', 'IPC', 'semaphore', 'SharedMemory', 'MessageQueue', 'ipcs', 'ipcrm', 'lsipc', 'sysctl', 'Apache', 'PostgreSQL')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = '0.1.0, the first version: semaphore sets, shared memory segments, message queues and the limits of System V IPC. Get-IpcSemaphore, Get-IpcSharedMemory and Get-IpcMessageQueue say who owns an object and whether anyone still uses it, and why; Remove-IpcSemaphore, Remove-IpcSharedMemory and Remove-IpcMessageQueue remove what nobody uses; Get-IpcLimit says what is full, and Set-IpcLimit raises it, for now and for the next boot. CHANGELOG.md in the folder of the module has all of it.'
        }
    }
}
