BeforeDiscovery {
    # As the build has read them from the pages in docs/help.
    $script:examples = Get-Content "$PSScriptRoot/../../artifacts/help/examples.json" -Raw | ConvertFrom-Json -AsHashtable
    $script:runnable = @($examples | Where-Object { -not $_.NotRun })
    $script:cmdlets = @((Import-PowerShellDataFile "$PSScriptRoot/../../module/PSSysVIpc.psd1").CmdletsToExport | ForEach-Object { @{ Name = $_ } })
}

BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:folder = [IO.Path]::GetFullPath("$PSScriptRoot/../Examples")
    $script:variable = Get-Content "$folder/variable.txt" | Where-Object { $_ -notlike '#*' }

    # What an example shows, as a pattern: times and numbers of processes differ from run to run.
    function ConvertTo-OutputPattern ([string] $Text) {
        $pieces = [Collections.Generic.List[string]]::new()
        $Text = ($Text -replace '\s+', ' ').Trim()
        foreach ($line in $variable) {
            $known, $pattern = $line -split "`t"
            $Text = [regex]::Replace($Text, $known, { $pieces.Add($pattern); "`u{1}$($pieces.Count - 1)`u{2}" })
        }
        $Text = [regex]::Escape($Text).Replace("`u{2026}", '.*?')
        '^' + [regex]::Replace($Text, "`u{1}(\d+)`u{2}", { $pieces[[int]$args[0].Groups[1].Value] }) + '$'
    }
}

Describe 'Get-Help <Name>' -ForEach $cmdlets {
    BeforeAll { $script:help = Get-Help $Name -Full }

    It 'has all that there is to say' {
        $help.Synopsis | Should -Not -BeLike "*$Name*"
        $help.description.Text | Should -Not -BeNullOrEmpty
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
        $help.alertSet.alert.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 4
    }

    It 'describes every parameter, with its type and position' {
        $common = [Management.Automation.Cmdlet]::CommonParameters
        foreach ($parameter in (Get-Command $Name).Parameters.Values | Where-Object Name -NotIn $common) {
            $described = Get-Help $Name -Parameter $parameter.Name
            $described.description.Text | Should -Not -BeNullOrEmpty -Because $parameter.Name
            $described.type.name | Should -Be ([Management.Automation.LanguagePrimitives]::ConvertTo($parameter.ParameterType, [string]) -replace '^System\.Management\.Automation\.')
            $position = $parameter.ParameterSets.Values.Position | Where-Object { $_ -ge 0 }
            $described.position | Should -Be ($null -eq $position ? 'named' : "$position")
        }
    }

    It 'fits into 80 columns, all that is ours' {
        # Only the syntax and the link to the common parameters are broken by the engine, as wide as it is told to be.
        ($help | Out-String -Width 300) -split "`n" | Where-Object { $_.Length -gt 79 -and $_ -notmatch 'CommonParameters' } | Should -BeNullOrEmpty
    }
}

Describe 'Get-Help <_>' -ForEach about_SysVIpc, about_PSSysVIpc_Status {
    It 'is found, and no wider than 80 columns' {
        $text = (Get-Help $_ | Out-String) -split "`n"
        $text | Should -Contain 'SHORT DESCRIPTION'
        ($text | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}

Describe 'The examples' {
    BeforeAll {
        # Most scenes wait until what was used is old: so many of them wait at the same time.
        $manifest = Get-ModuleManifestPath
        $pwsh = Join-Path $PSHOME pwsh
        $script:all = Get-Content "$PSScriptRoot/../../artifacts/help/examples.json" -Raw | ConvertFrom-Json -AsHashtable
        $script:runs = [Collections.Concurrent.ConcurrentDictionary[string, string]]::new()
        $all | Where-Object { -not $_.NotRun } | ForEach-Object -ThrottleLimit 10 -Parallel {
            # A dumb terminal: before 7.6, pwsh colours the errors on a redirected stream whatever PSStyle says.
            $variables = 'LC_ALL=C', 'TZ=UTC', 'TERM=dumb', "PSSYSVIPC_MODULE=$using:manifest"
            $shown = & env @variables unshare --ipc --mount "$using:folder/in-scene.sh" $_.Scene $using:pwsh -NoProfile -NonInteractive -File "$using:folder/Invoke-Statements.ps1" @($_.Statements) 2>&1
            ($using:runs)[$_.Name] = $shown -join "`n"
        }
    }

    It 'are all run but those for other machines' {
        foreach ($example in $all | Where-Object { $_.NotRun }) {
            $example.NotRun | Should -BeLike '*SSH*'
            $example.Statements -join "`n" | Should -BeLike '*-HostName*'
        }
    }

    It '<Name> shows what comes out: <Title>' -ForEach $runnable {
        Assert-OrphanedVisible
        ($runs[$Name] -replace '\s+', ' ').Trim() | Should -MatchExactly (ConvertTo-OutputPattern $Output)
    }
}
