@{
    RootModule             = 'PSSysVIpc.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '5f0c9d2e-7a64-4c1b-9c55-2f8f4f1b6a37'
    Author                 = 'PSSysVIpc contributors'
    CompanyName            = 'PSSysVIpc contributors'
    Copyright              = '(c) 2026 PSSysVIpc contributors. MIT License.'
    Description            = 'System V IPC on Linux as objects: see which limit is full, list semaphore sets, see who owns them and whether anyone still uses them, and remove safely what a dead server left behind.'
    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')
    FormatsToProcess       = @('PSSysVIpc.format.ps1xml')
    TypesToProcess         = @('PSSysVIpc.types.ps1xml')
    FunctionsToExport      = @()
    CmdletsToExport        = @('Get-IpcLimit', 'Get-IpcSemaphore', 'Remove-IpcLimitPersistence', 'Remove-IpcSemaphore', 'Set-IpcLimit')
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('Linux', 'PSEdition_Core', 'SystemV', 'IPC', 'semaphore', 'ipcs', 'ipcrm', 'sysctl', 'Apache')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md in the folder of the module.'
        }
    }
}
