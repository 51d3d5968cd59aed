BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:holder = Get-FreshUser
    $script:holding = Add-MemoryUser -User $holder
    $script:empty = Add-KernelObject -Table msg -User (Get-FreshUser)
}

AfterAll { Clear-Sandbox }

Describe 'Get-IpcMessageQueue' {
    It 'has its properties in the order of all objects, and then its own' {
        (Get-IpcMessageQueue -Id $empty).PSObject.Properties.Name -join ' ' | Should -Be (
            'Id Key KeyText Owner OwnerId Group GroupId Creator CreatorId CreatorGroup CreatorGroupId Mode Permissions ChangeTime ' +
            'LastUsedTime Status StatusReason NamespaceId BootId MessageCount UsedSize MaxSize LastSender LastReceiver SendTime ' +
            'ReceiveTime WaitingProcesses Messages')
    }

    It 'says who waits and who sent, and how much is unread' {
        $queue = Get-IpcMessageQueue -Key 0x5eed
        $queue.Status, $queue.MessageCount, $queue.UsedSize | Should -Be 'InUse', 3, 19
        $queue.LastSender.Id | Should -Be $holding.Id
        $queue.LastReceiver, $queue.ReceiveTime | Should -Be $null, $null
        $queue.WaitingProcesses.Direction, $queue.WaitingProcesses.MessageType | Should -Be 'Receive', 7
        $queue.StatusReason | Should -BeLike "InUse: 1 process waits on it, perl (*; its last sender perl ($($holding.Id), *) lives; it holds 3 messages of 19 bytes, which nobody has read. *"
    }
}

Describe 'Get-IpcMessageQueue -IncludeMessage' {
    It 'shows the first messages, and takes none' {
        $before = [IO.File]::ReadAllText('/proc/sysvipc/msg')
        $messages = (Get-IpcMessageQueue -Key 0x5eed -IncludeMessage 2).Messages
        $messages.Count | Should -Be 2
        $messages[0].Text, $messages[0].Type, $messages[0].Length, $messages[0].Hex | Should -Be 'hello\nworld', 1099511627776, 11, '68656c6c6f0a776f726c64'
        [IO.File]::ReadAllText('/proc/sysvipc/msg') | Should -Be $before
    }

    It 'of an empty queue gives none, and without it there is nothing' {
        $queue = Get-IpcMessageQueue -Id $empty -IncludeMessage 1
        $null -eq $queue.Messages | Should -BeFalse
        $queue.Messages.Count | Should -Be 0
        $null -eq (Get-IpcMessageQueue -Id $empty).Messages | Should -BeTrue
    }

    It 'takes no <_>' -ForEach 0, -1, 1.5, 'all', $true, '' {
        { Get-IpcMessageQueue -IncludeMessage $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage '*is no number of messages*'
    }

    It 'is an error without the right to read, and the queue comes out all the same' {
        $user = Get-FreshUser
        $text = Invoke-ChildShell -Prefix setpriv, --reuid, $user, --regid, $user, --clear-groups, env, HOME=/ -Script (
            'Get-IpcMessageQueue -Key 0x5eed -IncludeMessage 1 | ForEach-Object { "{0} messages, shown: {1}" -f $_.MessageCount, ($null -ne $_.Messages) }; $Error[0].FullyQualifiedErrorId')
        $text | Should -BeLike '*The messages of message queue * could not be read: that takes the right to read it (its mode is 0600), or root (CAP_IPC_OWNER).*'
        $text | Should -BeLike '*3 messages, shown: False*IpcAccessDenied,PSSysVIpc.Commands.GetIpcMessageQueueCommand*'
    }
}

Describe 'Get-IpcMessageQueue on a kernel that can not look at messages' {
    It 'says what it lacks' {
        Assert-Strace
        $command = "Import-Module '$(Get-ModuleManifestPath)'; Get-IpcMessageQueue -Key 0x5eed -IncludeMessage 1 | ForEach-Object MessageCount"
        $text = & strace -f -o /dev/null -e trace=msgrcv -e inject=msgrcv:error=ENOSYS (Join-Path $PSHOME pwsh) -NoProfile -NonInteractive -Command $command 2>&1
        "$text" | Should -BeLike "*can't be looked at without taking them out: this kernel was built without CONFIG_CHECKPOINT_RESTORE, which MSG_COPY needs*"
        @($text)[-1] | Should -Be 3
    }
}
