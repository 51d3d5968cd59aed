using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using PSSysVIpc.Native;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Native;

/// <summary>
/// The reader of symbol tables on files that are none, or damaged. Root processes map files that others wrote: such a
/// file must neither end the cmdlet nor keep it busy nor eat the machine's memory.
/// </summary>
public sealed class BrokenElfTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly SafeFileHandle _file;

    public BrokenElfTests() => _file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public void A_file_cut_at_any_length()
    {
        var whole = LibraryFiles.Start(LibraryFiles.Perl, 64 * 1024);
        Write(whole);
        for (var length = whole.Length; length >= 0; length--)
        {
            RandomAccess.SetLength(_file, length);
            var answer = Read();
            // Cut off, it may look like one without symbols or say that it can't tell; it never has calls it hasn't.
            Assert.True(length >= 4 || answer == IpcCalls.None, $"{length} bytes: {answer}");
        }
    }

    [FactNeeding(Need.Apache)]
    public void A_library_cut_at_many_lengths_and_whole()
    {
        var whole = File.ReadAllBytes(LibraryFiles.Apr!);
        Write(whole);
        Assert.Equal(IpcCalls.Semaphore, Read() & IpcCalls.Semaphore);
        for (var length = whole.Length; length >= 0; length -= 13)
        {
            RandomAccess.SetLength(_file, length);
            Read();
        }
    }

    [Fact]
    public void Bits_flipped_at_random()
    {
        var random = new Random(20260731);
        var whole = LibraryFiles.Start(LibraryFiles.Perl, 64 * 1024);
        for (var round = 0; round < 4000; round++)
        {
            var copy = whole.ToArray();
            // Most of them in the headers and tables, where they matter.
            for (var flips = random.Next(1, 20); flips > 0; flips--)
                copy[random.Next(random.Next(4) == 0 ? copy.Length : 0x400)] ^= (byte)(1 << random.Next(8));
            // Else most rounds would end at the first four bytes.
            "\u007fELF"u8.CopyTo(copy);
            Write(copy);
            Read();
        }
    }

    [Fact]
    public void Fields_with_the_values_that_break_arithmetic()
    {
        var whole = LibraryFiles.Start(LibraryFiles.Perl, 64 * 1024);
        ulong[] values =
        [
            0,
            1,
            ulong.MaxValue,
            long.MaxValue,
            1UL << 63,
            uint.MaxValue,
            int.MaxValue,
            0x80000000,
            long.MaxValue / 4,
            (ulong)whole.Length,
            (ulong)whole.Length - 1,
        ];
        // The file header, the program headers behind it and, beyond those, whatever lies there.
        for (var offset = 4; offset < 0x400; offset += 2)
        {
            foreach (var value in values)
            {
                var copy = whole.ToArray();
                BinaryPrimitives.WriteUInt64LittleEndian(copy.AsSpan(offset), value);
                Write(copy);
                Read();
            }
        }
    }

    [Fact]
    public void No_ELF_file_has_no_calls()
    {
        foreach (
            var bytes in new byte[][]
            {
                [],
                [0x7f],
                "\u007fEL"u8.ToArray(),
                "#!/bin/sh\nsemop\n"u8.ToArray(),
                new byte[100_000],
            }
        )
        {
            Write(bytes);
            Assert.Equal(IpcCalls.None, Read());
        }
    }

    [Fact]
    public void A_header_alone_or_of_another_kind_of_machine_is_no_answer()
    {
        foreach (var size in new[] { 4, 51, 52, 63, 64, 65 })
        {
            var bytes = new byte[size];
            LibraryFiles.Start(LibraryFiles.Perl, size).CopyTo(bytes, 0);
            Write(bytes);
            Assert.Null(Read());
        }

        var other = LibraryFiles.Start(LibraryFiles.Perl, 64 * 1024);
        // 2 is the other byte order.
        other[5] = 2;
        Write(other);
        Assert.Null(Read());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_file_of_a_GiB_that_is_a_hole(bool hasHeader, bool is64)
    {
        Write([]);
        RandomAccess.SetLength(_file, 1 << 30);
        if (hasHeader)
            RandomAccess.Write(_file, ElfFile.Claiming(is64, symbols: uint.MaxValue), 0);

        var answer = Read();

        Assert.True(hasHeader ? answer is null : answer == IpcCalls.None, $"{answer}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void As_many_symbols_as_are_read_at_all(bool is64)
    {
        // All are the same undefined one, whose name lies in the file: each costs a read.
        var file = ElfFile.Claiming(is64, symbols: 499_999);
        Write([]);
        RandomAccess.SetLength(_file, 1 << 26);
        RandomAccess.Write(_file, file, 0);
        var size = is64 ? 24 : 16;
        var symbols = new byte[size * 499_999];
        for (var at = 0; at < symbols.Length; at += size)
            symbols[at] = 1;
        RandomAccess.Write(_file, symbols, ElfFile.Symbols);

        Assert.NotNull(Read());
    }

    [Theory]
    [InlineData(false, "semop", nameof(IpcCalls.Semaphore))]
    [InlineData(true, "semget", nameof(IpcCalls.Semaphore))]
    [InlineData(true, "semtimedop", nameof(IpcCalls.Semaphore))]
    [InlineData(false, "__semtimedop64", nameof(IpcCalls.Semaphore))]
    [InlineData(true, "semctl", nameof(IpcCalls.Semaphore))]
    [InlineData(true, "shmat", nameof(IpcCalls.SharedMemory))]
    [InlineData(false, "shmctl", nameof(IpcCalls.SharedMemory))]
    [InlineData(false, "msgrcv", nameof(IpcCalls.MessageQueue))]
    [InlineData(true, "msgctl", nameof(IpcCalls.MessageQueue))]
    [InlineData(true, "semopen", nameof(IpcCalls.None))]
    [InlineData(true, "semo", nameof(IpcCalls.None))]
    public void A_made_up_file_of_either_class(bool is64, string name, string calls)
    {
        Write(ElfFile.Importing(is64, name));
        Assert.Equal(calls, Read().ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_does_not_say_how_many_symbols_it_has_is_read_to_its_end(bool is64)
    {
        Write(ElfFile.Importing(is64, "semop", hasHash: false));
        Assert.Equal(IpcCalls.Semaphore, Read());
    }

    [Theory]
    [InlineData("B8 41 00 00 00 0F 05", nameof(IpcCalls.Semaphore))]
    [InlineData("90 B8 DC 00 00 00 49 89 CA 0F 05 C3", nameof(IpcCalls.Semaphore))]
    [InlineData("B8 42 00 00 00 0F 05 B8 1E 00 00 00 0F 05", "Semaphore, SharedMemory")]
    [InlineData("B8 B8 45 00 00 00 0F 05", nameof(IpcCalls.MessageQueue))]
    [InlineData("6A 41 58 0F 05", nameof(IpcCalls.Semaphore))]
    [InlineData("48 C7 C0 41 00 00 00 0F 05", nameof(IpcCalls.Semaphore))]
    [InlineData(
        "B8 41 00 00 00 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 0F 05",
        nameof(IpcCalls.Semaphore)
    )]
    // Another number; the number without the instruction; the instruction too far off; both cut off.
    [InlineData("B8 43 00 00 00 0F 05", nameof(IpcCalls.None))]
    [InlineData("B8 41 00 00 00 C3", nameof(IpcCalls.None))]
    [InlineData(
        "B8 41 00 00 00 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 90 0F 05",
        nameof(IpcCalls.None)
    )]
    [InlineData("B8 41 00 00", nameof(IpcCalls.None))]
    [InlineData("", nameof(IpcCalls.None))]
    public void A_program_that_imports_nothing_shows_its_calls_in_its_code(string code, string calls)
    {
        var bytes = Convert.FromHexString(code.Replace(" ", "", StringComparison.Ordinal));
        foreach (var before in new[] { 0, 1, 65_536 - ElfFile.Size, 65_536 - ElfFile.Size - 3, 130_000 })
        {
            Write(ElfFile.Static([.. new byte[before], .. bytes]));
            Assert.Equal(calls, Read().ToString());
        }
    }

    [Fact]
    public void A_program_that_exports_the_calls_is_no_C_library()
    {
        Write(ElfFile.StaticExporting("semop", [0xb8, 0x41, 0, 0, 0, 0x0f, 0x05]));
        Assert.Equal(IpcCalls.Semaphore, Read());
    }

    [Fact]
    public void A_program_that_imports_nothing_and_is_cut_off_may_make_any()
    {
        var program = ElfFile.Static([0x90, 0x90]);
        Write(program);
        Assert.Equal(IpcCalls.None, Read());
        Write(program[..^1]);
        Assert.Null(Read());
    }

    [Fact]
    public void A_program_for_another_machine_that_imports_nothing_may_make_any()
    {
        var program = ElfFile.Static([]);
        // EM_AARCH64.
        program[18] = 183;
        Write(program);
        Assert.Null(Read());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Segments_that_lie_over_each_other_and_tables_that_point_at_themselves(bool is64)
    {
        foreach (
            var offset in new[]
            {
                0,
                1,
                ElfFile.Dynamic,
                ElfFile.Symbols,
                ElfFile.Strings,
                ElfFile.Size - 1,
                ElfFile.Size,
            }
        )
        {
            Write(ElfFile.Importing(is64, "semop", symbolsAt: offset));
            Read();
            Write(ElfFile.Importing(is64, "semop", stringsAt: offset));
            Read();
            Write(ElfFile.Importing(is64, "semop", dynamicAt: offset));
            Read();
        }
    }

    private void Write(byte[] bytes)
    {
        RandomAccess.SetLength(_file, bytes.Length);
        RandomAccess.Write(_file, bytes, 0);
    }

    private IpcCalls? Read() =>
        Bounded.Run(() => ElfImports.Read(_file, new Deadline(Wait.Patience, CancellationToken.None)));
}
